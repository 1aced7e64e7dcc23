package twitchactors.twitch

import twitchactors.domain.Day
import twitchactors.simulator.World
import twitchactors.simulator.WorldDay
import java.util.concurrent.CompletableFuture
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.Executors

/**
 * The days of a world around now: today's and yesterday's, and tomorrow's when midnight is near, worked out in the background by one
 * thread (a day of 200,000 viewers takes about a second).
 */
internal class WorldDays(private val world: World) : AutoCloseable {
    private val worker = Executors.newSingleThreadExecutor { Thread(it, "simulated-days").apply { isDaemon = true } }
    private val days = ConcurrentHashMap<Int, CompletableFuture<WorldDay>>()

    /** The day, at once when it is there. */
    fun of(day: Day): CompletableFuture<WorldDay> =
        days.computeIfAbsent(day.epochDay) { CompletableFuture.supplyAsync({ world.day(day) }, worker) }

    /** The day if it is worked out. */
    fun ready(day: Day): WorldDay? = days[day.epochDay]?.getNow(null)

    /** Told what the time is, keeps the days that are needed. */
    fun keepAround(day: Day, slot: Int) {
        if (slot >= PREPARED_FROM && day.epochDay < Day.LAST_EPOCH_DAY) of(Day(day.epochDay + 1))
        if (days.size > KEPT) days.keys.removeIf { it < day.epochDay - 1 }
    }

    override fun close() {
        worker.shutdownNow()
    }

    private companion object {
        /** Four hours before midnight. */
        const val PREPARED_FROM = 240
        const val KEPT = 2
    }
}
