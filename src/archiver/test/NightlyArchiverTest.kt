package twitchactors.archiver

import com.typesafe.config.ConfigFactory
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.archiver.MadeUpDay.Companion.DAY
import twitchactors.domain.BadInput
import twitchactors.domain.Day
import java.io.IOException
import java.time.Duration
import java.time.Instant
import java.time.LocalTime
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit.SECONDS
import java.util.concurrent.atomic.AtomicReference

class NightlyArchiverTest {
    private val kit = ActorTestKit.create(ConfigFactory.parseString("pekko.loglevel = off").withFallback(ConfigFactory.load()))
    private val settings = ArchiverSettings(lookEvery = Duration.ofMillis(10), retryAfter = Duration.ofMillis(10))

    @AfterEach
    fun stop() = kit.shutdownTestKit()

    private fun at(day: Day, time: String): Instant = Instant.ofEpochSecond(day.startsAt + LocalTime.parse(time).toSecondOfDay())

    private fun <T> LinkedBlockingQueue<T>.next(): T = checkNotNull(poll(10, SECONDS)) { "nothing came" }

    @Test
    fun `a day's turn comes at 02_00 of the next one, and again while it is not sealed`() {
        val tomorrow = Day(DAY.epochDay + 1)
        val now = AtomicReference(at(tomorrow, "01:59:59"))
        val looks = LinkedBlockingQueue<Unit>()
        val asked = LinkedBlockingQueue<Day>()
        val outside = NightlyArchiver.Outside(
            clock = { now.get() },
            days = { listOf(DAY, tomorrow).also { looks += Unit } },
            archive = { day -> null.also { asked += day } },
        )
        kit.spawn(NightlyArchiver.create(outside, settings))
        repeat(3) { looks.next() }
        assertTrue(asked.isEmpty())
        now.set(at(tomorrow, "02:00:00"))
        assertEquals(listOf(DAY, DAY), List(2) { asked.next() })
    }

    @Test
    fun `a day that fails leaves the others their turn, and is tried again`() {
        val other = Day(DAY.epochDay + 1)
        val asked = LinkedBlockingQueue<Day>()
        val archived = LinkedBlockingQueue<Day>()
        val gone = ConcurrentHashMap.newKeySet<Day>()
        val outside = NightlyArchiver.Outside(
            clock = { at(Day(DAY.epochDay + 7), "00:00") },
            days = { listOf(DAY, other) - gone },
            archive = { day ->
                asked += day
                if (day == DAY && asked.count { it == DAY } < 3) throw IOException("no space left on device")
                gone += day
                archived += day
                NightlyArchiver.Done("$day is archived", emptyList())
            },
        )
        kit.spawn(NightlyArchiver.create(outside, settings))
        assertEquals(listOf(other, DAY), List(2) { archived.next() })
    }

    @Test
    fun `settings that make no sense are refused by name`() {
        val good = ConfigFactory.parseResources("archiver.conf").resolve()
        assertEquals(LocalTime.of(2, 0), ArchiverSettings.from(good).at)
        for (bad in listOf("at = noon", "at = \"25:00\"", "look-every = 0 s", "retry-after = 2 h", "nightly = maybe")) {
            val config = ConfigFactory.parseString("twitchactors.archiver { $bad }").withFallback(good)
            val refused = assertThrows(BadInput::class.java) { ArchiverSettings.from(config) }
            assertTrue(bad.substringBefore(' ') in refused.message!!, refused.message)
        }
    }
}
