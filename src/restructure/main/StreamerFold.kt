package twitchactors.restructure

import twitchactors.archive.ListedName
import twitchactors.domain.Login
import twitchactors.domain.LoginTable
import twitchactors.domain.SlotSets
import twitchactors.domain.Words

/**
 * Folds the lists of one streamer at a time: its viewers' names and slots fit into the processor's cache, and are dropped
 * when the streamer is done. For one thread.
 */
internal class StreamerFold {
    private val logins = LoginTable(1 shl 14)
    private val slots = SlotSets(1 shl 14)
    private val runs = IntArray(SlotSets.MAX_RUNS)

    /** The logins of the list before, and where each stands in it: most names of a list follow the same name as there. */
    private var before = IntArray(1 shl 14)
    private var beforeSize = 0
    private var places = IntArray(1 shl 14)

    /** The list being read, so far. */
    private var now = IntArray(1 shl 14)
    private var nowSize = 0

    /** The place in [before] whose login is expected next. */
    private var expected = 0

    /** How many more names of the list may stand far from where they are expected: a list in no order is not guessed at. */
    private var patience = PATIENCE

    /** How often a name was no login, over all streamers. */
    var namesDropped = 0L
        private set

    /** Distinct (viewer, streamer, slot), over all streamers. */
    var sightings = 0L
        private set

    /**
     * Adds the names of a checked list, `bytes[from, to)` between its brackets, as seen in [slot]. The array goes on for at
     * least 32 bytes.
     */
    fun list(bytes: ByteArray, from: Int, to: Int, slot: Int) {
        val previous = before
        before = now
        beforeSize = nowSize
        now = previous
        nowSize = 0
        expected = 0
        patience = PATIENCE
        var at = from
        while (true) {
            while (at < to && bytes[at] != QUOTE) at++
            if (at >= to) return
            at = name(bytes, at + 1, slot) + 1
            if (bytes[at] == COMMA) at++
        }
    }

    /** Gives all pairs of the streamer to [spool] and forgets them. */
    fun finish(streamer: Int, spool: PairSpool.Writer) {
        for (id in 0 until logins.size) {
            val count = slots.runs(id, runs)
            for (i in 0 until count) sightings += SlotSets.length(runs[i])
            spool.add(logins, id, streamer, runs, count)
        }
        logins.clear()
        slots.clear()
        nowSize = 0
    }

    /** Takes the name from [from] to its closing quote, whose place is returned. A name that is known has been checked before. */
    private fun name(bytes: ByteArray, from: Int, slot: Int): Int {
        var at = from
        var w0 = Words.get(bytes, at)
        var w1 = 0L
        var w2 = 0L
        var w3 = 0L
        var quote = quotes(w0)
        if (quote != 0L) {
            w0 = before(w0, quote)
        } else {
            at += Long.SIZE_BYTES
            w1 = Words.get(bytes, at)
            quote = quotes(w1)
            if (quote != 0L) {
                w1 = before(w1, quote)
            } else {
                at += Long.SIZE_BYTES
                w2 = Words.get(bytes, at)
                quote = quotes(w2)
                if (quote != 0L) {
                    w2 = before(w2, quote)
                } else {
                    at += Long.SIZE_BYTES
                    w3 = Words.get(bytes, at)
                    quote = quotes(w3)
                    if (quote == 0L) return unusual(bytes, from, slot)
                    w3 = before(w3, quote)
                }
            }
        }
        val id: Int
        if (patience > 0 && expected < beforeSize && logins.isAt(before[expected], w0, w1, w2, w3)) {
            id = before[expected++]
        } else {
            id = logins.find(w0, w1, w2, w3)
            if (id < 0) return unusual(bytes, from, slot)
            if (patience > 0) expectAfter(id)
        }
        slots.add(id, slot)
        listed(id)
        return at + (java.lang.Long.numberOfLeadingZeros(quote) ushr 3)
    }

    /** Expects what followed [id] in the list before, if it was there: names between have left. */
    private fun expectAfter(id: Int) {
        val place = places[id]
        if (place >= beforeSize || before[place] != id) return
        if (place - expected !in 0..NEAR) patience--
        expected = place + 1
    }

    /** A name that is new, or not written as a login is, or none. */
    private fun unusual(bytes: ByteArray, from: Int, slot: Int): Int {
        var to = ListedName.plainEnd(bytes, from)
        if (bytes[to] == QUOTE && to - from in 1..Login.MAX_LENGTH) {
            val id = logins.intern(word(bytes, from, to), word(bytes, from + 8, to), word(bytes, from + 16, to), word(bytes, from + 24, to))
            seen(id, slot)
            return to
        }
        to = ListedName.closingQuote(bytes, to)
        val login = ListedName.login(bytes, from, to)
        if (login == null) namesDropped++ else seen(logins.intern(login), slot)
        return to
    }

    private fun seen(id: Int, slot: Int) {
        if (id == slots.size) {
            slots.addSet(slot, slot)
            if (id == places.size) places = places.copyOf(id * 2)
        } else {
            slots.add(id, slot)
        }
        listed(id)
    }

    private fun listed(id: Int) {
        if (nowSize == now.size) now = now.copyOf(nowSize * 2)
        places[id] = nowSize
        now[nowSize++] = id
    }

    private companion object {
        const val QUOTE = '"'.code.toByte()
        const val COMMA = ','.code.toByte()

        const val PATIENCE = 32
        const val NEAR = 256

        /** The bytes from [at] on that are before [to], at most eight. */
        fun word(bytes: ByteArray, at: Int, to: Int): Long = when {
            at >= to -> 0L
            to - at >= Long.SIZE_BYTES -> Words.get(bytes, at)
            else -> Words.get(bytes, at) and (-1L shl Long.SIZE_BITS - (to - at) * Byte.SIZE_BITS)
        }

        /** The high bit of each byte of [word] that is a quote. */
        fun quotes(word: Long): Long {
            val zeros = word xor 0x2222222222222222L
            return (((zeros and 0x7f7f7f7f7f7f7f7fL) + 0x7f7f7f7f7f7f7f7fL) or zeros or 0x7f7f7f7f7f7f7f7fL).inv()
        }

        /** [word] with zeros from the first of its [quotes] on. */
        fun before(word: Long, quotes: Long): Long {
            val kept = java.lang.Long.numberOfLeadingZeros(quotes) and 0x38
            return if (kept == 0) 0L else word and (-1L shl Long.SIZE_BITS - kept)
        }
    }
}
