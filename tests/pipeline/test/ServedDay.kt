package twitchactors.pipeline

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import java.nio.file.Path
import java.time.LocalDate
import java.util.TreeMap
import kotlin.io.path.forEachLine

/** What a simulated Twitch says in [log] that it has served of [day], and of the slot after it, which has the number 288. */
class ServedDay(log: Path, day: String) {
    /** One question for the chatters of [streamer], in [slot]. */
    data class Poll(val streamer: String, val slot: Int)

    private val lists = HashMap<Poll, MutableSet<String>>()
    private val whole = HashSet<Poll>()
    private val rooms = HashMap<String, TreeMap<Int, Set<String>>>()
    private val authors = HashMap<Poll, MutableSet<String>>()

    init {
        val next = LocalDate.parse(day).plusDays(1).toString()
        log.forEachLine { text ->
            val line = runCatching { Json.parseToJsonElement(text).jsonObject }.getOrNull() ?: return@forEachLine
            if ("streamer" !in line) return@forEachLine
            val slot = line.getValue("slot").jsonPrimitive.int
            when (line.getValue("day").jsonPrimitive.content) {
                day -> read(line, slot)
                next -> if (slot == 0) read(line, SLOTS_OF_A_DAY)
            }
        }
    }

    private fun read(line: JsonObject, slot: Int) {
        val poll = Poll(line.getValue("streamer").jsonPrimitive.content, slot)
        val names = line.getValue("names").jsonArray.map { it.jsonPrimitive.content }.toSet()
        when (line.getValue("source").jsonPrimitive.content) {
            "chatters" -> {
                val list = lists.getOrPut(poll, ::HashSet)
                list += names
                if (list.size == line.getValue("total").jsonPrimitive.int) whole += poll
            }
            "names" -> told(poll) { names }
            "joins" -> told(poll) { it + names }
            "parts" -> told(poll) { it - names }
            "messages" -> authors.getOrPut(poll, ::HashSet) += names
        }
    }

    /** The log is in the order in which the chat has spoken. */
    private fun told(poll: Poll, change: (Set<String>) -> Set<String>) {
        val room = rooms.getOrPut(poll.streamer, ::TreeMap)
        room[poll.slot] = change(room.floorEntry(poll.slot)?.value.orEmpty())
    }

    /** All lists of a slot are the same, so all names of its pages are the list. Null when nobody has got an answer. */
    fun list(poll: Poll): Set<String>? = lists[poll]

    /** The polls of the day that were answered with all pages of their list. */
    val wholeLists: Set<Poll> get() = whole.filterTo(HashSet()) { it.slot < SLOTS_OF_A_DAY }

    /** Who was in the room at the end of that slot, by what the chat had said until then; null when it had said nothing. */
    fun room(poll: Poll): Set<String>? = rooms[poll.streamer]?.floorEntry(poll.slot)?.value

    /** The authors of the messages of that slot. */
    fun authors(poll: Poll): Set<String> = authors[poll].orEmpty()

    private companion object {
        const val SLOTS_OF_A_DAY = 288
    }
}
