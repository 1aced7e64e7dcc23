package twitchactors.pipeline

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import java.nio.file.Path
import kotlin.io.path.forEachLine

/**
 * What a simulated Twitch says in [log] that it has served of [day]: all lists of a slot are the same, so all names of its pages are the
 * list.
 */
class ServedDay(log: Path, day: String) {
    /** One question for the chatters of [streamer], in [slot]. */
    data class Poll(val streamer: String, val slot: Int)

    private val lists = HashMap<Poll, MutableSet<String>>()

    init {
        log.forEachLine { text ->
            val line = runCatching { Json.parseToJsonElement(text).jsonObject }.getOrNull() ?: return@forEachLine
            if (line.getValue("source").jsonPrimitive.content != "chatters") return@forEachLine
            if (line.getValue("day").jsonPrimitive.content != day) return@forEachLine
            val poll = Poll(line.getValue("streamer").jsonPrimitive.content, line.getValue("slot").jsonPrimitive.int)
            lists.getOrPut(poll, ::HashSet) += line.getValue("names").jsonArray.map { it.jsonPrimitive.content }
        }
    }

    /** Null when nobody has asked, or nobody has got an answer. */
    fun list(poll: Poll): Set<String>? = lists[poll]
}
