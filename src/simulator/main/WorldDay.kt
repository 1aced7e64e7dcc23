package twitchactors.simulator

import twitchactors.domain.Day
import twitchactors.domain.Slot

/**
 * One UTC day of a [World]: who is live, with what, and who is in the chat in each slot. Viewers are numbered 0 until [viewers]
 * (their seats), streamers by popularity.
 *
 * A visit is one long, ordered as a chat list is: by arrival (slot counted from the day before, then a draw for the seconds),
 * then viewer; its last slot is in the low bits. Visits stand streamer by streamer.
 */
class WorldDay internal constructor(val world: World, val day: Day, progress: (done: Long) -> Unit) {
    private val guide = Guide(world.schedule, world.draws, day.epochDay)
    private val accounts = IntArray(world.viewers) { world.account(it, day.epochDay) }
    private val from = IntArray(world.streamers + 1)
    private val visits: LongArray
    private val counts: Array<IntArray>

    val viewers: Int get() = world.viewers
    val streamers: Int get() = world.streamers

    /** (viewer, streamer, uninterrupted presence) of the day; a viewer may visit a streamer several times. */
    val visitCount: Int get() = visits.size

    init {
        val found = Found()
        collect(found, progress)
        for (i in 0 until found.size) from[found.streamer[i] + 1]++
        for (streamer in 0 until streamers) from[streamer + 1] += from[streamer]
        visits = LongArray(found.size)
        val next = from.copyOf()
        for (i in 0 until found.size) visits[next[found.streamer[i]]++] = found.visit[i]
        for (streamer in 0 until streamers) visits.sort(from[streamer], from[streamer + 1])
        counts = Array(streamers) { streamer ->
            val count = IntArray(Slot.PER_DAY + 1)
            forEachVisit(streamer) { _, first, last ->
                count[first]++
                count[last + 1]--
            }
            for (slot in 1..Slot.PER_DAY) count[slot] += count[slot - 1]
            count
        }
    }

    /** The number of a viewer's name in [World.names]. */
    fun nameOfViewer(viewer: Int): Int = streamers + accounts[viewer]

    /** The stream of [streamer] in [slot]; null when offline. */
    fun broadcast(streamer: Int, slot: Int): Broadcast? = guide.broadcastOf(streamer, moment(slot))

    /** [slot] of this day counted from 1970, as [Broadcast] counts. */
    fun moment(slot: Int): Int = guide.start + slot

    /** Where the streamer sends the audience at the end of [broadcast], or null. */
    fun raidTarget(broadcast: Broadcast): Int? = guide.raidTarget(broadcast)?.streamer

    fun chatterCount(streamer: Int, slot: Int): Int = counts[streamer][slot]

    /** Twitch's own count: chatters and anonymous viewers, so never below [chatterCount]. Meaningful while live. */
    fun liveViewers(streamer: Int, slot: Int): Int {
        val chatters = chatterCount(streamer, slot)
        val usual = world.draws.index(Draws.Purpose.COUNT, streamer.toLong(), 0, 40)
        val drift = world.draws.index(Draws.Purpose.COUNT, streamer.toLong(), moment(slot), 5)
        return chatters + (chatters.toLong() * (5 + usual + drift) / 100).toInt() + drift
    }

    /** The viewers in the chat of [streamer] in [slot], in the order in which they joined. */
    fun chatters(streamer: Int, slot: Int): IntArray {
        val found = IntArray(chatterCount(streamer, slot))
        var count = 0
        forEachChatter(streamer, slot) { found[count++] = it }
        return found
    }

    /** As [chatters], without making a list. */
    inline fun forEachChatter(streamer: Int, slot: Int, action: (viewer: Int) -> Unit) {
        for (i in startOfVisits(streamer) until startOfVisits(streamer + 1)) {
            val visit = visit(i)
            if (first(visit) > slot) break
            if (last(visit) >= slot) action(viewer(visit))
        }
    }

    /** The visits to [streamer], slots of this day, in the order in which they began. */
    inline fun forEachVisit(streamer: Int, action: (viewer: Int, first: Int, last: Int) -> Unit) {
        for (i in startOfVisits(streamer) until startOfVisits(streamer + 1)) {
            val visit = visit(i)
            action(viewer(visit), first(visit), last(visit))
        }
    }

    @PublishedApi
    internal fun startOfVisits(streamer: Int): Int = from[streamer]

    @PublishedApi
    internal fun visit(index: Int): Long = visits[index]

    @PublishedApi
    internal fun first(visit: Long): Int = maxOf(0, (visit ushr ARRIVAL_AT).toInt() - Slot.PER_DAY)

    @PublishedApi
    internal fun viewer(visit: Long): Int = (visit ushr VIEWER_AT).toInt() and VIEWER_MASK

    @PublishedApi
    internal fun last(visit: Long): Int = visit.toInt() and LAST_MASK

    /** Growing columns: streamer and visit. */
    private class Found {
        var size = 0
        var streamer = IntArray(1024)
        var visit = LongArray(1024)

        fun add(streamer: Int, visit: Long) {
            if (size == this.visit.size) {
                this.streamer = this.streamer.copyOf(size + size / 2)
                this.visit = this.visit.copyOf(size + size / 2)
            }
            this.streamer[size] = streamer
            this.visit[size++] = visit
        }
    }

    /**
     * Yesterday's visits that last over midnight belong to the day too, if the account is here today as well. One that
     * is not leaves at midnight: else more accounts than seats would be seen.
     */
    private fun collect(found: Found, progress: (done: Long) -> Unit) {
        val crowd = world.crowd
        val starts = Crowd.Starts(guide)
        val yesterday = if (day.epochDay > 0) Guide(world.schedule, world.draws, day.epochDay - 1) else null
        val yesterdayStarts = yesterday?.let { Crowd.Starts(it) }
        val visits = Crowd.Visits()
        for (viewer in 0 until viewers) {
            val account = accounts[viewer]
            visits.clear()
            if (viewer and 0xffff == 0xffff) progress(viewer.toLong())
            if (viewer < world.bots) {
                crowd.bot(account, guide, visits)
            } else {
                if (yesterday != null && yesterdayStarts != null && world.account(viewer, day.epochDay - 1) == account) {
                    crowd.person(account, yesterday, yesterdayStarts, visits)
                }
                crowd.person(account, guide, starts, visits)
            }
            for (i in 0 until visits.count) {
                // What follows a raid may begin after midnight.
                if (visits.last[i] >= guide.start && visits.first[i] < guide.start + Slot.PER_DAY) {
                    found.add(visits.streamer[i], pack(viewer, account, visits.streamer[i], visits.first[i], visits.last[i]))
                }
            }
        }
    }

    private fun pack(viewer: Int, account: Int, streamer: Int, first: Int, last: Int): Long {
        val arrival = maxOf(0, first - guide.start + Slot.PER_DAY).toLong()
        val seconds = world.draws.bits(Draws.Purpose.JOIN, account.toLong() shl 20 or streamer.toLong(), first) ushr (64 - SECONDS_BITS)
        val until = minOf(last - guide.start, Slot.PER_DAY - 1).toLong()
        return (arrival shl ARRIVAL_AT) or (seconds shl SECONDS_AT) or (viewer.toLong() shl VIEWER_AT) or until
    }

    private companion object {
        // 10 bits arrival, 16 bits order within the slot, 24 bits viewer, 9 bits last slot.
        const val LAST_MASK = 0x1ff
        const val VIEWER_AT = 9
        const val VIEWER_MASK = 0xffffff
        const val SECONDS_AT = 33
        const val SECONDS_BITS = 16
        const val ARRIVAL_AT = 49
    }
}
