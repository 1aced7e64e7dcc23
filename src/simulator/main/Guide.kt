package twitchactors.simulator

import twitchactors.domain.Slot

/**
 * Who is live when, for one UTC day and the hours after it in which its streams still run: the plans of the day and of the day
 * before. Answers "which of the streamers live now does a viewer choose" in the logarithm of their number.
 */
internal class Guide(private val schedule: Schedule, private val draws: Draws, val epochDay: Int) {
    val start = epochDay * Slot.PER_DAY
    val broadcasts: List<Broadcast>
    private val byStreamer: IntArray
    private val live: Array<IntArray>
    private val sums: Array<DoubleArray>

    init {
        val all = ArrayList<Broadcast>()
        byStreamer = IntArray(schedule.streamers + 1)
        for (streamer in 0 until schedule.streamers) {
            for (day in epochDay - 1..epochDay) schedule.broadcasts(streamer, day).filterTo(all) { it.last >= start }
            byStreamer[streamer + 1] = all.size
        }
        broadcasts = all
        val counts = IntArray(MOMENTS)
        for (broadcast in all) for (at in span(broadcast)) counts[at]++
        live = Array(MOMENTS) { IntArray(counts[it]) }
        counts.fill(0)
        for ((index, broadcast) in all.withIndex()) for (at in span(broadcast)) live[at][counts[at]++] = index
        sums = Array(MOMENTS) { at ->
            val running = DoubleArray(live[at].size)
            var sum = 0.0
            for (i in running.indices) {
                sum += all[live[at][i]].pull
                running[i] = sum
            }
            running
        }
    }

    fun isAnyLive(moment: Int): Boolean = moment - start in 0 until MOMENTS && live[moment - start].isNotEmpty()

    /** The stream of [streamer] that is live in [moment], or null. */
    fun broadcastOf(streamer: Int, moment: Int): Broadcast? {
        for (i in byStreamer[streamer] until byStreamer[streamer + 1]) if (broadcasts[i].isLive(moment)) return broadcasts[i]
        return null
    }

    fun broadcastsOf(streamer: Int): List<Broadcast> = broadcasts.subList(byStreamer[streamer], byStreamer[streamer + 1])

    /** One of the streams live in [moment], by pull; somebody must be live. */
    fun choose(moment: Int, draw: SplitMix64): Broadcast {
        val at = moment - start
        return broadcasts[live[at][Schedule.pick(sums[at], 0, sums[at].size, draw)]]
    }

    /** Where the streamer sends the audience when [broadcast] ends; null for most. The same, whichever day's guide is asked. */
    fun raidTarget(broadcast: Broadcast): Broadcast? {
        val draw = draws.stream(Draws.Purpose.RAID, broadcast.streamer.toLong(), broadcast.first)
        val moment = broadcast.last + 1
        if (!draw.chance(RAIDS) || !isAnyLive(moment)) return null
        return choose(moment, draw).takeIf { it.streamer != broadcast.streamer && it.last >= moment + 3 }
    }

    private fun span(broadcast: Broadcast) = maxOf(0, broadcast.first - start)..minOf(MOMENTS - 1, broadcast.last - start)

    private companion object {
        const val RAIDS = 0.4

        /** A day, and until 06:00 French time of the next: 05:00 UTC at the latest. */
        const val MOMENTS = Slot.PER_DAY + 5 * Schedule.SLOTS_PER_HOUR
    }
}
