package twitchactors.domain

import java.security.MessageDigest

/**
 * What one partition knows of one day: for each (viewer, streamer) the set of slots in which the viewer was seen. Adding is a
 * union: any order, any duplicate gives the same day. All counts come from the sets. No object per name, pair or sighting:
 * about 28 bytes per viewer and 26 per pair. Not safe for use by several threads.
 *
 * @param admits whether a viewer may be known here; asked once, when a login first appears
 */
class OpenDay(val day: Day, private val admits: LoginFilter = LoginFilter.All) {
    private val viewers = LoginTable()
    private val streamers = LoginTable()

    /** Pair `p` is (`pairViewers[p]`, `pairStreamers[p]`) and has the slots of set `p`. */
    private var pairViewers = IntArray(64)
    private var pairStreamers = IntArray(64)
    private val slots = SlotSets()

    /** Open addressing: 0 is free, else pair + 1. */
    private var table = IntArray(128)

    /** Distinct viewers. */
    val viewerCount: Int get() = viewers.size

    /** Distinct (viewer, streamer). */
    val pairCount: Int get() = slots.size

    /** Distinct (viewer, streamer, slot). */
    val sightingCount: Long get() = (0 until slots.size).sumOf { slots.count(it).toLong() }

    /** The streamers in whose chats anybody was seen, sorted. */
    val sortedStreamers: List<Login> get() = streamerOrder().map(streamers::login)

    /** The bytes of memory that this day holds. */
    val bytes: Long
        get() = viewers.bytes + streamers.bytes + slots.bytes + (pairViewers.size + pairStreamers.size + table.size) * 4L

    /** The number of [streamer] in this object, for [add]. */
    fun streamer(streamer: Login): Int = streamers.intern(streamer)

    /** Adds that the viewer whose login is `bytes[from, to)`, a valid one, was seen with [streamer] in [slot]; true when that is new. */
    fun add(bytes: ByteArray, from: Int, to: Int, streamer: Int, slot: Int): Boolean = addRun(bytes, from, to, streamer, slot, slot)

    /** As [add], for the slots [first]..[last]. */
    fun addRun(bytes: ByteArray, from: Int, to: Int, streamer: Int, first: Int, last: Int): Boolean {
        val w0 = LoginWords.of(bytes, from, to, 0)
        val w1 = LoginWords.of(bytes, from, to, 1)
        val w2 = LoginWords.of(bytes, from, to, 2)
        val w3 = LoginWords.of(bytes, from, to, 3)
        var viewer = viewers.find(w0, w1, w2, w3)
        if (viewer < 0) {
            if (!admits.admits(bytes, from, to)) return false
            viewer = viewers.intern(w0, w1, w2, w3)
        }
        return addTo(viewer, streamer, first, last)
    }

    /** Adds that [viewer] was seen in the chat of [streamer] in [slot]; true when that is new. */
    fun add(viewer: Login, streamer: Login, slot: Slot): Boolean {
        val bytes = viewer.name.toByteArray(Charsets.US_ASCII)
        return add(bytes, 0, bytes.size, streamer(streamer), slot.index)
    }

    /** Adds all that [other], of the same day, knows of viewers who are admitted here; true when any of it is new. */
    fun addAll(other: OpenDay): Boolean {
        require(other.day == day) { "a day can only be joined with itself: $day is not ${other.day}" }
        var added = false
        val numbers = other.sortedStreamers.map(::streamer)
        other.forEach { viewer, length, streamer, runs, count ->
            for (i in 0 until count) {
                added = addRun(viewer, 0, length, numbers[streamer], SlotSets.first(runs[i]), SlotSets.last(runs[i])) || added
            }
        }
        return added
    }

    /** The runs of [viewer] by streamer, sorted by streamer; empty when the viewer was not seen. */
    fun profileOf(viewer: Login): Map<Login, List<IntRange>> {
        val profile = sortedMapOf<Login, List<IntRange>>()
        val runs = IntArray(SlotSets.MAX_RUNS)
        val id = viewers.find(viewer)
        if (id < 0) return profile
        for (streamer in 0 until streamers.size) {
            val pair = table[tableIndexOf(id, streamer)] - 1
            if (pair < 0) continue
            val count = slots.runs(pair, runs)
            profile[streamers.login(streamer)] = List(count) { SlotSets.first(runs[it])..SlotSets.last(runs[it]) }
        }
        return profile
    }

    /** Gives all pairs to [sink], sorted; their streamers are indexes in [sortedStreamers]. */
    fun forEach(sink: PairSink) {
        val rank = IntArray(streamers.size)
        streamerOrder().forEachIndexed { index, id -> rank[id] = index }
        val starts = IntArray(viewers.size + 1)
        for (pair in 0 until slots.size) starts[pairViewers[pair] + 1]++
        for (viewer in 0 until viewers.size) starts[viewer + 1] += starts[viewer]
        // The pairs grouped by viewer, each with its streamer's rank in front, so that a viewer's few are sorted as numbers.
        val grouped = LongArray(slots.size)
        val filled = starts.copyOf()
        for (pair in 0 until slots.size) {
            grouped[filled[pairViewers[pair]]++] = (rank[pairStreamers[pair]].toLong() shl Int.SIZE_BITS) or pair.toLong()
        }
        val name = ByteArray(LoginWords.BYTES)
        val runs = IntArray(SlotSets.MAX_RUNS)
        for (viewer in LoginOrder.of(viewers)) {
            val length = viewers.copy(viewer, name, 0)
            grouped.sort(starts[viewer], starts[viewer + 1])
            for (i in starts[viewer] until starts[viewer + 1]) {
                val count = slots.runs(grouped[i].toInt(), runs)
                sink.row(name, length, (grouped[i] ushr Int.SIZE_BITS).toInt(), runs, count)
            }
        }
    }

    /** SHA-256 over the [SightingLines] of this day, in hexadecimal: equal exactly when the sightings are. */
    fun digest(): String {
        val sha256 = MessageDigest.getInstance("SHA-256")
        val lines = SightingLines(sortedStreamers)
        forEach { viewer, length, streamer, runs, count ->
            lines.row(viewer, length, streamer, runs, count)
            if (lines.out.size > DIGEST_PIECE) {
                sha256.update(lines.out.array, 0, lines.out.size)
                lines.out.clear()
            }
        }
        sha256.update(lines.out.array, 0, lines.out.size)
        return sha256.digest().joinToString("") { "%02x".format(it) }
    }

    /** The streamers that have pairs, sorted: a number may have been given for an empty list. */
    private fun streamerOrder(): List<Int> {
        val used = BooleanArray(streamers.size)
        for (pair in 0 until slots.size) used[pairStreamers[pair]] = true
        return LoginOrder.of(streamers).filter { used[it] }
    }

    private fun addTo(viewer: Int, streamer: Int, first: Int, last: Int): Boolean {
        val at = tableIndexOf(viewer, streamer)
        val pair = table[at] - 1
        if (pair >= 0) return slots.addRun(pair, first, last)
        if (slots.size == pairViewers.size) {
            pairViewers = pairViewers.copyOf(slots.size + (slots.size shr 1))
            pairStreamers = pairStreamers.copyOf(pairViewers.size)
        }
        pairViewers[slots.size] = viewer
        pairStreamers[slots.size] = streamer
        table[at] = slots.size + 1
        slots.addSet(first, last)
        if (slots.size > table.size / 3 * 2) rehash()
        return true
    }

    /** Where the pair stands in [table], or would. */
    private fun tableIndexOf(viewer: Int, streamer: Int): Int {
        val mask = table.size - 1
        var at = hash(viewer, streamer) and mask
        while (true) {
            val pair = table[at] - 1
            if (pair < 0 || (pairViewers[pair] == viewer && pairStreamers[pair] == streamer)) return at
            at = (at + 1) and mask
        }
    }

    private fun rehash() {
        table = IntArray(table.size * 2)
        for (pair in 0 until slots.size) table[tableIndexOf(pairViewers[pair], pairStreamers[pair])] = pair + 1
    }

    private companion object {
        const val DIGEST_PIECE = 1 shl 16

        fun hash(viewer: Int, streamer: Int): Int {
            val mixed = (viewer.toLong() shl Int.SIZE_BITS or streamer.toLong()) * -0x61c8864680b583ebL
            return (mixed xor (mixed ushr 29) ushr 16).toInt()
        }
    }
}
