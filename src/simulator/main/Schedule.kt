package twitchactors.simulator

import twitchactors.domain.Slot

/**
 * When streamers are live. Each has a habit (time of day, length, days off) that holds for all days and a plan per day
 * drawn from it.
 *
 * A streamer's plan of day d lies within 06:00 of d to 06:00 of d + 1, French time, the trough of the audience: so plans of
 * different days never overlap, and a UTC day is covered by its own plan and that of the day before. Streamers are numbered by
 * popularity; number 0 takes no day off, so that every day of every world has an audience.
 */
internal class Schedule(private val draws: Draws, val streamers: Int) {
    /**
     * Zipf with exponent 0.9 over ranks. The audiences that come of it fall with about rank^-0.7, since a second stream is never
     * the same one and raids and bots level. Measured: 0.76 over the 100 largest streams of 2025-02-23, 0.72 over the
     * viewers of 1,000 channels in December 2021.
     */
    private val popularity = DoubleArray(streamers) { StrictMath.pow(it + 1.0, -ZIPF) }
    private val pullSoFar = DoubleArray(streamers).also { sums ->
        var sum = 0.0
        for (streamer in 0 until streamers) {
            sum += popularity[streamer]
            sums[streamer] = sum
        }
    }

    /** A streamer drawn by popularity, whether live or not: what an account's favourites are. */
    fun anyByPopularity(draw: SplitMix64): Int = pick(pullSoFar, 0, streamers, draw)

    /** The streams of [streamer] that its plan of [epochDay] holds, in order of time. */
    fun broadcasts(streamer: Int, epochDay: Int): List<Broadcast> {
        val habit = draws.stream(Draws.Purpose.STREAMER_HABIT, streamer.toLong())
        val kind = if (streamer == 0) Kind.EVENING else Kind.drawn(habit.below(100))
        val usualStart = kind.earliest + habit.below(kind.latest - kind.earliest + 1)
        val usualLength = kind.shortest + habit.below(kind.longest - kind.shortest + 1)
        val daysOff = setOf(habit.below(7), habit.below(7))

        val draw = draws.stream(Draws.Purpose.BROADCASTS, streamer.toLong(), epochDay)
        val off = Math.floorMod(epochDay, 7) in daysOff
        val live = draw.chance(if (off) 0.15 else 0.85)
        if (!live && streamer != 0) return emptyList()

        val dawn = epochDay * Slot.PER_DAY + (DAWN_HOUR - FrenchTime.hoursAhead(epochDay)) * SLOTS_PER_HOUR
        val plan = ArrayList<IntRange>()
        if (kind == Kind.ROUND_THE_CLOCK) {
            plan += 0..Slot.PER_DAY - 2 - draw.below(2)
        } else {
            val start = maxOf(0, usualStart + draw.between(-4, 4))
            val end = minOf(Slot.PER_DAY - 2, start + maxOf(6, usualLength + draw.between(-10, 10)) - 1)
            if (draw.chance(SECOND_STREAM)) {
                val length = draw.between(12, 30)
                if (start - length - 12 > 0) {
                    val earlier = draw.below(start - length - 12)
                    plan += earlier until earlier + length
                } else if (end + length + 12 < Slot.PER_DAY - 2) {
                    plan += end + 12..end + 12 + length
                }
            }
            if (draw.chance(CRASH) && end - start > 12) {
                val crash = draw.between(start + 3, end - 6)
                plan += start until crash
                plan += crash + draw.between(1, 3)..end
            } else {
                plan += start..end
            }
        }
        plan.sortBy { it.first }
        return plan.map { span ->
            val first = dawn + span.first
            val last = dawn + span.last
            val pull = popularity[streamer] * (0.6 + draw.unit())
            val bits = draws.bits(Draws.Purpose.PROGRAMME, streamer.toLong(), first)
            val startedAt = first * Slot.SECONDS - draw.below(240)
            // Ids of Twitch's streams had 11 digits in 2022.
            val id = FIRST_ID + (bits ushr 1) % ID_RANGE
            Broadcast(streamer, id, first, last, startedAt, pull, Programme.of(SplitMix64(bits), first, last))
        }
    }

    /** Habits of streamers; starts and lengths in slots, starts counted from 06:00 French time. */
    private enum class Kind(val share: Int, val earliest: Int, val latest: Int, val shortest: Int, val longest: Int) {
        EVENING(58, 162, 186, 48, 72),
        AFTERNOON(24, 84, 114, 42, 84),
        MORNING(9, 12, 42, 36, 66),
        NIGHT(6, 198, 222, 36, 60),
        ROUND_THE_CLOCK(3, 0, 0, 0, 0),
        ;

        companion object {
            fun drawn(percent: Int): Kind {
                var upTo = 0
                return entries.first { kind ->
                    upTo += kind.share
                    percent < upTo
                }
            }
        }
    }

    companion object {
        const val ZIPF = 0.9
        const val SLOTS_PER_HOUR = 12
        private const val DAWN_HOUR = 6
        private const val SECOND_STREAM = 0.25
        private const val CRASH = 0.12
        private const val FIRST_ID = 39_000_000_000L
        private const val ID_RANGE = 1_000_000_000L

        /** The index in [from] until [to] that a draw hits when each is as likely as its step in the running sums [sums]. */
        fun pick(sums: DoubleArray, from: Int, to: Int, draw: SplitMix64): Int {
            val below = if (from == 0) 0.0 else sums[from - 1]
            val wanted = below + draw.unit() * (sums[to - 1] - below)
            var low = from
            var high = to - 1
            while (low < high) {
                val middle = (low + high) ushr 1
                if (sums[middle] > wanted) high = middle else low = middle + 1
            }
            return low
        }
    }
}
