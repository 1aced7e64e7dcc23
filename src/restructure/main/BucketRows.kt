package twitchactors.restructure

import twitchactors.archive.PartEncoder
import twitchactors.domain.Login
import twitchactors.domain.SlotSets
import java.util.Arrays

/** Gives the pairs of sorted buckets to [encoders] as rows, and counts viewers. For one thread. */
internal class BucketRows(spool: PairSpool, val encoders: List<PartEncoder>) {
    private val order = BucketOrder(spool)
    private val viewer = ByteArray(Login.MAX_LENGTH)
    private val last = ByteArray(Login.MAX_LENGTH)
    private val runs = IntArray(SlotSets.MAX_RUNS)

    /** Distinct viewers so far: no viewer is in two buckets. */
    var viewers = 0L
        private set

    /** Encodes all rows of [buckets]; returns how many. */
    fun encode(buckets: IntRange): Long {
        var rows = 0L
        for (bucket in buckets) {
            viewer[0] = PairSpool.firstCharacter(bucket)
            viewer[1] = PairSpool.secondCharacter(bucket)
            var lastLength = 0
            order.forEach(bucket) { place ->
                val records = order.records
                val length = records[place].toInt()
                System.arraycopy(records, place + 1, viewer, 2, PairSpool.rest(records, place))
                if (!Arrays.equals(viewer, 0, length, last, 0, lastLength)) {
                    viewers++
                    System.arraycopy(viewer, 0, last, 0, length)
                    lastLength = length
                }
                val count = PairSpool.runs(records, place, runs)
                val streamer = PairSpool.streamer(records, place)
                for (encoder in encoders) encoder.row(viewer, length, streamer, runs, count)
                rows++
            }
        }
        encoders.forEach { it.finish() }
        return rows
    }
}
