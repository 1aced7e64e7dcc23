package twitchactors.restructure

import twitchactors.domain.Words
import java.util.Arrays

/**
 * Sorts one bucket of a [PairSpool] by viewer, then streamer. A number per pair, made of the next characters of the login and
 * of the pair's index, is sorted; only pairs that are equal in those characters are compared in full. For one thread.
 */
internal class BucketOrder(private val spool: PairSpool) {
    /** The bucket's records, and behind them at least eight bytes more. */
    var records = ByteArray(1 shl 16)
        private set
    private var places = IntArray(1 shl 12)
    private var keys = LongArray(1 shl 12)

    /** Calls [pair] with the place in [records] of each pair of [bucket], in order. */
    inline fun forEach(bucket: Int, pair: (place: Int) -> Unit) {
        val count = sort(bucket)
        for (i in 0 until count) pair(places[keys[i].toInt()])
    }

    /** Leaves in [keys] the indexes of [places], in order; returns how many. */
    private fun sort(bucket: Int): Int {
        val count = spool.count(bucket)
        if (count == 0) return 0
        if (places.size < count) {
            places = IntArray(count + count / 4)
            keys = LongArray(places.size)
        }
        val bytes = spool.bytes(bucket)
        if (records.size < bytes + Long.SIZE_BYTES) records = ByteArray(bytes + bytes / 4 + Long.SIZE_BYTES)
        spool.load(bucket, records, places)
        val indexBits = Int.SIZE_BITS - Integer.numberOfLeadingZeros(count - 1)
        for (i in 0 until count) keys[i] = (characters(places[i]) ushr indexBits shl indexBits) or i.toLong()
        Arrays.sort(keys, 0, count)
        val indexMask = (1L shl indexBits) - 1
        var from = 0
        while (from < count) {
            val characters = keys[from] and indexMask.inv()
            var to = from
            while (to < count && keys[to] and indexMask.inv() == characters) {
                keys[to] = keys[to] and indexMask
                to++
            }
            if (to - from > 1) order(from, to)
            from = to
        }
        return count
    }

    /** Orders the few pairs from [from] to [to], which share their first characters. */
    private fun order(from: Int, to: Int) {
        if (to - from > FEW) {
            val sorted = Array(to - from) { keys[from + it] }
            Arrays.sort(sorted) { a, b -> compare(places[a.toInt()], places[b.toInt()]) }
            sorted.forEachIndexed { i, index -> keys[from + i] = index }
            return
        }
        for (i in from + 1 until to) {
            val key = keys[i]
            val place = places[key.toInt()]
            var at = i
            while (at > from && compare(places[keys[at - 1].toInt()], place) > 0) {
                keys[at] = keys[at - 1]
                at--
            }
            keys[at] = key
        }
    }

    /** The third to tenth character of the login, padded with zeros. */
    private fun characters(place: Int): Long {
        val rest = PairSpool.rest(records, place)
        val word = Words.get(records, place + 1)
        return if (rest >= Long.SIZE_BYTES) {
            word
        } else if (rest == 0) {
            0L
        } else {
            word and (-1L shl Long.SIZE_BITS - rest * Byte.SIZE_BITS)
        }
    }

    private fun compare(a: Int, b: Int): Int {
        val endA = a + 1 + PairSpool.rest(records, a)
        val endB = b + 1 + PairSpool.rest(records, b)
        val names = Arrays.compare(records, a + 1, endA, records, b + 1, endB)
        return if (names != 0) names else PairSpool.streamer(records, a).compareTo(PairSpool.streamer(records, b))
    }

    private companion object {
        const val FEW = 32
    }
}
