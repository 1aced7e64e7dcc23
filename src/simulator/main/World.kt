package twitchactors.simulator

import twitchactors.domain.Day
import java.util.concurrent.locks.ReentrantLock
import kotlin.concurrent.withLock

/**
 * A simulated Twitch: streamers with habits and an audience that returns. Any day of it can be asked for; the same
 * (seed, viewers, streamers) give the same world on any machine.
 *
 * Each of the [viewers] seats of a day is taken by one account that is seen at least once on that day. Eleven seats of
 * twenty always have the same account; each of the others has four that take turns. The first seats are lurker bots.
 *
 * @param viewers accounts per day, 1 to [MAX_VIEWERS]
 * @param streamers streamers tracked, 1 to [MAX_STREAMERS], numbered by popularity
 */
class World(val seed: Long, val viewers: Int, val streamers: Int) {
    init {
        require(viewers in 1..MAX_VIEWERS) { "$viewers viewers: 1 to $MAX_VIEWERS are possible" }
        require(streamers in 1..MAX_STREAMERS) { "$streamers streamers: 1 to $MAX_STREAMERS are possible" }
    }

    /** This world's chance, for who decides more of it than is decided here. */
    val draws = Draws(seed)

    /** The names of all categories that are streamed. */
    val categories: List<String> get() = Programme.CATEGORIES

    internal val schedule = Schedule(draws, streamers)
    internal val crowd = Crowd(draws, schedule)

    /** One bot for 9,000 accounts, at most [MAX_BOTS]; none among fewer than 20. */
    val bots: Int = if (viewers < 20) 0 else (viewers / 9_000).coerceIn(1, MAX_BOTS)

    private val accounts = viewers + turns(viewers) * (TAKING_TURNS - 1)

    /** The names of streamers (0 until [streamers]) and, after them, accounts. */
    val names: Names by lazy { Names.make(draws, streamers, bots, streamers + accounts) }

    private val lock = ReentrantLock()
    private var latest: WorldDay? = null

    /** [day] of this world; the latest one asked for is kept. [progress] is told viewers done while it is worked out. */
    fun day(day: Day, progress: (done: Long) -> Unit = {}): WorldDay = lock.withLock {
        latest?.takeIf { it.day == day } ?: WorldDay(this, day, progress).also { latest = it }
    }

    /** The account on a seat on a day. */
    internal fun account(seat: Int, epochDay: Int): Int {
        if (isRegular(seat)) return seat
        val turn = draws.index(Draws.Purpose.OCCUPANT, seat.toLong(), epochDay, TAKING_TURNS)
        return if (turn == 0) seat else viewers + turns(seat) * (TAKING_TURNS - 1) + turn - 1
    }

    private fun isRegular(seat: Int) = seat < bots || seat % TWENTY < REGULARS

    /** How many of the first [seats] seats change hands; bots are counted as if they did, which only leaves numbers unused. */
    private fun turns(seats: Int) = seats / TWENTY * (TWENTY - REGULARS) + maxOf(0, seats % TWENTY - REGULARS)

    companion object {
        const val MAX_VIEWERS = 10_000_000
        const val MAX_STREAMERS = 16_000
        private const val MAX_BOTS = 500
        private const val TWENTY = 20
        private const val REGULARS = 11
        private const val TAKING_TURNS = 4
    }
}
