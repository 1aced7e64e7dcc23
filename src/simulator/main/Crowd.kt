package twitchactors.simulator

import twitchactors.domain.Slot

/**
 * What accounts do: for an account and a UTC day, its visits, each a stretch of moments in one streamer's chat. Visits begin
 * within the day and may end after it.
 *
 * A person comes in one to three sittings a day, most often at the hour of habit or else by the rhythm of the audience; within a
 * sitting goes from stream to stream, favourites first, then what is large; stays either a moment or an exponentially
 * distributed time, at most until the stream ends, and then may follow its raid; sometimes has a second stream open.
 * The parameters are set so that 900,000 accounts and 100 streamers give the figures of a recorded day of that size: 19.7 million
 * sightings in 305 MB, 22 for an account, 88 % of each list continuing the one before. As one visit is at most one pair, this
 * means three visits of eight slots for an account, and about 2.5 million pairs.
 */
internal class Crowd(private val draws: Draws, private val schedule: Schedule) {
    /** Collects the visits of one account. Reused from account to account. */
    class Visits {
        var count = 0
            private set
        var streamer = IntArray(64)
            private set
        var first = IntArray(64)
            private set
        var last = IntArray(64)
            private set

        fun clear() {
            count = 0
        }

        /** Adds a visit; one that touches a visit of the same streamer prolongs it. */
        fun add(streamer: Int, first: Int, last: Int) {
            var from = first
            var to = last
            var i = 0
            while (i < count) {
                if (this.streamer[i] == streamer && from <= this.last[i] + 1 && to >= this.first[i] - 1) {
                    from = minOf(from, this.first[i])
                    to = maxOf(to, this.last[i])
                    drop(i)
                    i = 0
                } else {
                    i++
                }
            }
            if (count == this.streamer.size) {
                this.streamer = this.streamer.copyOf(count * 2)
                this.first = this.first.copyOf(count * 2)
                this.last = this.last.copyOf(count * 2)
            }
            this.streamer[count] = streamer
            this.first[count] = from
            this.last[count++] = to
        }

        private fun drop(index: Int) {
            count--
            streamer[index] = streamer[count]
            first[index] = first[count]
            last[index] = last[count]
        }
    }

    /** Adds a person's visits of the day of [guide] to [into]: at least one. */
    fun person(account: Int, guide: Guide, starts: Starts, into: Visits) {
        val habit = draws.stream(Draws.Purpose.VIEWER_HABIT, account.toLong())
        val favourites = intArrayOf(schedule.anyByPopularity(habit), schedule.anyByPopularity(habit), schedule.anyByPopularity(habit))
        val usual = starts.usualSlot(habit)
        val eagerness = habit.unit()

        val draw = draws.stream(Draws.Purpose.VISITS, account.toLong(), guide.epochDay)
        var sittings = 1
        while (sittings < MOST_SITTINGS && draw.chance(0.1 + 0.35 * eagerness)) sittings++
        for (sitting in 0 until sittings) {
            val near = guide.start + usual + draw.between(-9, 9)
            val habitual = sitting == 0 && draw.chance(0.5) && near in guide.start until guide.start + Slot.PER_DAY && guide.isAnyLive(near)
            sit(if (habitual) near else guide.start + starts.draw(draw), favourites, guide, draw, into)
        }
    }

    private fun sit(begin: Int, favourites: IntArray, guide: Guide, draw: SplitMix64, into: Visits) {
        var at = begin
        var before = -1
        repeat(MOST_IN_A_SITTING) {
            if (at >= guide.start + Slot.PER_DAY || !guide.isAnyLive(at)) return
            val broadcast = choose(at, before, favourites, guide, draw) ?: return
            val last = stay(broadcast, at, MEAN_STAY, draw)
            into.add(broadcast.streamer, at, last)
            if (draw.chance(SECOND_TAB)) {
                val also = at + draw.below(last - at + 1)
                if (also < guide.start + Slot.PER_DAY) {
                    choose(also, broadcast.streamer, favourites, guide, draw)?.let {
                        into.add(it.streamer, also, stay(it, also, MEAN_STAY, draw))
                    }
                }
            }
            if (last == broadcast.last) followRaid(broadcast, guide, draw, into)
            if (!draw.chance(GOES_ON)) return
            at = last + 1 + draw.below(2)
            before = broadcast.streamer
        }
    }

    /** A favourite that is live, else any by pull; never [not] again. Null when nobody else was found. */
    private fun choose(at: Int, not: Int, favourites: IntArray, guide: Guide, draw: SplitMix64): Broadcast? {
        if (draw.chance(PREFERS_FAVOURITE)) {
            val from = draw.below(favourites.size)
            for (i in favourites.indices) {
                val streamer = favourites[(from + i) % favourites.size]
                if (streamer != not) guide.broadcastOf(streamer, at)?.let { return it }
            }
        }
        repeat(4) {
            val any = guide.choose(at, draw)
            if (any.streamer != not) return any
        }
        return null
    }

    /** The last moment of a visit that begins at [at]. */
    private fun stay(broadcast: Broadcast, at: Int, mean: Double, draw: SplitMix64): Int {
        val more = if (draw.chance(PASSES_BY)) draw.below(2) else 1 + draw.exponential(mean)
        return minOf(broadcast.last, at + more)
    }

    private fun followRaid(broadcast: Broadcast, guide: Guide, draw: SplitMix64, into: Visits) {
        if (!draw.chance(FOLLOWS_RAID)) return
        val target = guide.raidTarget(broadcast) ?: return
        into.add(target.streamer, broadcast.last + 1, stay(target, broadcast.last + 1, MEAN_STAY_AFTER_RAID, draw))
    }

    /**
     * Adds a lurker bot's visits: in the chats of very many channels for as long as they are live, day after day (lists of known
     * bots name hundreds of such accounts). Only streams that touch the day of [guide].
     */
    fun bot(account: Int, guide: Guide, into: Visits) {
        val reach = draws.stream(Draws.Purpose.BOT, account.toLong())
        val share = (0.4 + 0.6 * reach.unit()) * minOf(1.0, MOST_CHANNELS_OF_A_BOT / schedule.streamers)
        for (streamer in 0 until schedule.streamers) {
            if (!reach.chance(share) && streamer != 0) continue
            for (broadcast in guide.broadcastsOf(streamer)) {
                val late = draws.index(Draws.Purpose.BOT, account.toLong() shl 20 or streamer.toLong(), broadcast.first, 3)
                val first = minOf(broadcast.first + if (streamer == 0) 0 else late, broadcast.last)
                if (first < guide.start + Slot.PER_DAY) into.add(streamer, first, broadcast.last)
            }
        }
    }

    /**
     * When visits of a day begin: the audience's rhythm where somebody is live. The rhythm is the usual curve of French-language
     * streams: low at five in the morning, rising after noon, highest between 20 and 23 h.
     */
    class Starts(guide: Guide) {
        private val ahead = FrenchTime.hoursAhead(guide.epochDay)
        private val open = DoubleArray(Slot.PER_DAY)
        private val always = DoubleArray(Slot.PER_DAY)

        init {
            var whenLive = 0.0
            var any = 0.0
            for (slot in 0 until Slot.PER_DAY) {
                val minutes = (slot + ahead * Schedule.SLOTS_PER_HOUR) % Slot.PER_DAY * Slot.MINUTES
                val hour = minutes / 60
                val demand = RHYTHM[hour] + (RHYTHM[(hour + 1) % 24] - RHYTHM[hour]) * (minutes % 60) / 60.0
                if (guide.isAnyLive(guide.start + slot)) whenLive += demand
                any += demand
                open[slot] = whenLive
                always[slot] = any
            }
        }

        /** A slot of the day in which somebody is live. */
        fun draw(draw: SplitMix64): Int = Schedule.pick(open, 0, open.size, draw)

        /** The hour an account is used to come at, as a slot; the same for days of the same offset from UTC. */
        fun usualSlot(habit: SplitMix64): Int = Schedule.pick(always, 0, always.size, habit)
    }

    private companion object {
        const val MOST_SITTINGS = 5
        const val MOST_IN_A_SITTING = 12

        /** Slots beyond the first that a visit lasts, when it is not in passing. */
        const val MEAN_STAY = 11.6
        const val MEAN_STAY_AFTER_RAID = 5.0
        const val PASSES_BY = 0.3
        const val GOES_ON = 0.49
        const val SECOND_TAB = 0.12
        const val PREFERS_FAVOURITE = 0.45
        const val FOLLOWS_RAID = 0.45
        const val MOST_CHANNELS_OF_A_BOT = 150.0

        /** Audience by the hour of French time, highest = 100. */
        val RHYTHM = doubleArrayOf(
            40.0, 25.0, 15.0, 9.0, 6.0, 5.0, 6.0, 10.0, 16.0, 22.0, 28.0, 34.0,
            42.0, 52.0, 60.0, 62.0, 62.0, 66.0, 70.0, 78.0, 92.0, 100.0, 92.0, 66.0,
        )
    }
}
