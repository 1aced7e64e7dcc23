package twitchactors.restructure

import twitchactors.domain.Day
import java.security.MessageDigest
import kotlin.random.Random

/**
 * Sample files of one day, small and strange, and what is true of them, worked out with plain sets from what the files were made
 * of. It shares nothing with the product but the contract.
 */
internal class RandomWorld(
    private val random: Random,
    streamerCount: Int = random.nextInt(1, 9),
    viewerCount: Int = random.nextInt(1, 150),
) {
    val day = Day.parse("2022-08-01")!!

    /** Names of files and their contents. */
    val files = LinkedHashMap<String, String>()

    private val sightings = HashSet<Triple<String, String, Int>>()
    private val samples = HashSet<Pair<String, Int>>()
    private val lost = HashSet<Pair<String, Int>>()
    private val goodSlots = HashSet<Int>()
    private var goodFiles = 0
    private var namesDropped = 0L
    private val rejected = HashSet<String>()

    private val streamers = names(streamerCount)

    /** Names with many neighbours: 40 share 14 characters, more than are sorted by insertion. */
    private val viewers = names(viewerCount) + List(if (random.nextBoolean()) 40 else 0) { "same_beginning" + it.toString(36) } +
        (1..25).map { "x".repeat(it) }.filter { random.nextInt(5) == 0 }
    private val bots = viewers.shuffled(random).take(2)

    init {
        repeat(random.nextInt(1, 14)) { file() }
        if (goodFiles == 0) file(good = true)
    }

    val expected: Summary
        get() = Summary(
            day, goodFiles, emptyList(), samples.size, (lost - samples).size, emptyList(), 0, 288 - goodSlots.size, namesDropped,
            sightings.size.toLong(), pairs().map { it.viewer }.distinct().size.toLong(), pairs().size.toLong(), digest(), 0,
        )
    val expectedRejected: Set<String> get() = rejected

    private class SeenPair(val viewer: String, val streamer: String, val slots: List<Int>)

    private fun pairs() = sightings.groupBy({ it.first to it.second }, { it.third })
        .map { (key, slots) -> SeenPair(key.first, key.second, slots.sorted()) }
        .sortedWith(compareBy({ it.viewer }, { it.streamer }))

    fun csv() = "viewer,streamer,samples,first_slot,last_slot\n" +
        pairs().joinToString("") { "${it.viewer},${it.streamer},${it.slots.size},${it.slots.first()},${it.slots.last()}\n" }

    fun jsonl() = sightings.groupBy { it.first }.toSortedMap().entries.joinToString("") { (viewer, seen) ->
        val slots = seen.groupBy({ it.third }, { it.second }).toSortedMap().entries.joinToString(",") { (slot, streamers) ->
            "\"${START + slot * 300}\":[" + streamers.sorted().joinToString(",") { "\"$it\"" } + "]"
        }
        "{\"viewer\":\"$viewer\",\"day\":\"$day\",\"slots\":{$slots}}\n"
    }

    private fun digest(): String {
        val lines = pairs().joinToString("") { pair -> pair.slots.joinToString("") { "${pair.viewer},${pair.streamer},$it\n" } }
        return MessageDigest.getInstance("SHA-256").digest(lines.toByteArray()).joinToString("") { "%02x".format(it) }
    }

    private fun names(count: Int): List<String> = generateSequence {
        val length = if (random.nextInt(3) == 0) random.nextInt(1, 26) else random.nextInt(4, 14)
        List(length) { LETTERS.random(random) }.joinToString("")
    }.distinct().take(minOf(count, 10)).toList() +
        List(maxOf(0, count - 10)) { "${LETTERS.random(random)}${LETTERS.random(random)}_name_$it" }

    private fun file(good: Boolean = random.nextInt(8) > 0) {
        // Few slots, so that several files meet in one; both ends of the day.
        val slot = listOf(0, 1, 2, 3, 100, 101, 286, 287).random(random)
        val name = generateSequence { "${START + slot * 300 + random.nextInt(300)}.json" }.first { it !in files }
        if (!good) {
            rejected += name
            files[name] = listOf("", "{", "[]", "{}{}", "{\"a\":[\"b\"", "\u0000\u0000", "{\"a\":NaN}").random(random)
            return
        }
        goodFiles++
        goodSlots += slot
        val members = ArrayList<String>()
        for (streamer in streamers) {
            if (random.nextInt(4) == 0) continue
            repeat(if (random.nextInt(6) == 0) 2 else 1) {
                members += "${quoted(spelt(streamer))}${space()}:${space()}${value(streamer, slot)}"
            }
        }
        if (random.nextInt(4) == 0) {
            namesDropped++
            members += "${listOf("\"\"", "\"no login\"", "\"${"a".repeat(26)}\"").random(random)}:[\"dropped_too\",5]"
        }
        members.shuffle(random)
        files[name] = (if (random.nextInt(5) == 0) "\uFEFF" else "") + members.joinToString(",${space()}", "{${space()}", "}${space()}")
    }

    private fun value(streamer: String, slot: Int): String = when (random.nextInt(12)) {
        0 -> gap(streamer, slot, listOf("null", """{"chatters":null}""").random(random))
        1 -> gap(streamer, slot, BAD_VALUES.random(random))
        2, 3 -> "{\"viewers_api\":3,\"chatters\":{\"vips\":${list(streamer, slot)},\"viewers\":${list(streamer, slot)}}}"
        4, 5, 6 -> "{\"title\":\"a \\\"]},{ b\",\"chatters\":${list(streamer, slot)},\"tags\":[\"x\"]}"
        else -> list(streamer, slot)
    }

    private fun gap(streamer: String, slot: Int, text: String): String {
        lost += streamer to slot
        return text
    }

    private fun list(streamer: String, slot: Int): String {
        samples += streamer to slot
        val share = random.nextInt(1, 5)
        val names = viewers.filter { it in bots || random.nextInt(share) == 0 }.toMutableList()
        if (random.nextInt(3) == 0) names.shuffle(random)
        if (random.nextInt(8) == 0) names.clear()
        names.forEach { sightings += Triple(it, streamer, slot) }
        val written = names.map { quoted(spelt(it)) }.toMutableList()
        if (names.isNotEmpty() && random.nextInt(4) == 0) written += quoted(names.random(random))
        repeat(if (random.nextInt(4) == 0) random.nextInt(4) else 0) {
            namesDropped++
            written.add(random.nextInt(written.size + 1), NO_LOGINS.random(random))
        }
        return written.joinToString(if (random.nextInt(6) == 0) " ,\n" else ",", "[${space()}", "${space()}]")
    }

    private fun spelt(name: String) = if (random.nextInt(20) == 0) name.uppercase() else name

    private fun quoted(name: String) = when (random.nextInt(40)) {
        0 -> name.map { "\\u%04x".format(it.code) }.joinToString("", "\"", "\"")
        1 -> "\"\\u00${"%02X".format(name[0].code)}${name.drop(1)}\""
        else -> "\"$name\""
    }

    private fun space() = if (random.nextInt(5) == 0) " \r\n\t" else ""

    private companion object {
        const val START = 1659312000
        const val LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789__"
        val NO_LOGINS = listOf(
            "\"\"", "\" \"", "\"${"a".repeat(26)}\"", "\"${"z".repeat(31)}\"", "\"${"z".repeat(32)}\"", "\"${"q".repeat(500)}\"",
            "\"a b\"", "\"é\"",
            "\"\\u212aelvin\"", "\"a\\\"b\"", "\"\\\\\"", "\"abcdefg\\\"\"", "\"abcdefgh\\\"ijklmno\"", "\"\\\\\\\"\"", "\"\\u0000\"",
            "\"a,b\"", "\"[\"", "\"名前\"",
        )
        val BAD_VALUES = listOf(
            "5", "\"a\"", "{}", "true", """{"chatters":{}}""", """{"chatters":5}""", """["a",5]""",
            """{"chatters":["a"],"chatters":["b"]}""",
            """{"chatters":{"viewers":["a"],"vips":"b"}}""", """{"chatters":{"viewers":["a",null]}}""",
        )
    }
}
