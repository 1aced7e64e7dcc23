package twitchactors.store

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.Slot
import twitchactors.store.TrackedFigures.Sums
import java.time.Instant
import java.time.LocalDate
import java.time.ZoneOffset
import java.time.temporal.ChronoUnit
import kotlin.random.Random

/** What pages read of tracked streamers is what plain sums over the samples say. */
@ExtendWith(TestStores::class)
class TrackedFiguresIT(started: TestStores.Started) {
    private val db = started.dataSource
    private val heads = SampleHeads(db)
    private val rollUps = TrackedRollUps(db)
    private val figures = StoredTrackedFigures(db)
    private val first = LocalDate.parse("2031-03-09")
    private val start = first.atStartOfDay().toInstant(ZoneOffset.UTC)

    /** A sample and for how many minutes it speaks. */
    private class Spoken(val head: SampleHead, val minutes: Int) {
        val at: Instant = Instant.ofEpochSecond(head.slot.startsAt(head.day))
        val hour: Instant = at.truncatedTo(ChronoUnit.HOURS)
        val date: LocalDate = at.atZone(ZoneOffset.UTC).toLocalDate()
    }

    @BeforeEach
    fun empty() = listOf("sample_heads", "tracked_due", "tracked_hours", "tracked_days").forEach { db.update("DELETE FROM $it") }

    /** Streams of three days with gaps, missing samples, changes of category, unknown numbers. Each has an id of its own on each day. */
    private fun day(random: Random, date: LocalDate): List<Spoken> = (0 until 6).flatMap { streamer ->
        (0 until 2).flatMap { stream ->
            val from = random.nextInt(120) + stream * 144
            val slots = (from..from + random.nextInt(24)).filter { it < Slot.PER_DAY && random.nextInt(5) > 0 }
            slots.mapIndexed { at, slot ->
                val next = slots.getOrNull(at + 1)
                Spoken(head(random, date, "s$streamer", "$stream", slot), 5 * (if (next == null) 1 else minOf(2, next - slot)))
            }
        }
    }

    private fun head(random: Random, date: LocalDate, streamer: String, stream: String, slot: Int): SampleHead {
        val hasChatters = random.nextInt(6) > 0
        return SampleHead(
            Login.require(streamer),
            Day(date.toEpochDay().toInt()),
            Slot(slot),
            slot.toLong(),
            "chatters",
            isRecorded = false,
            hasChatters = hasChatters,
            isComplete = hasChatters && random.nextBoolean(),
            liveViewers = random.nextInt(5000).takeIf { random.nextInt(8) > 0 },
            title = "title ${slot / 7}",
            category = listOf("Chess", "<b>", "🦇", "").random(random),
            streamId = stream,
            language = if (streamer < "s4") "fr" else "en",
            chatters = if (hasChatters) random.nextInt(3000) else null,
        )
    }

    private fun take(all: List<Spoken>) {
        all.map { it.head }.shuffled(Random(1)).chunked(17).forEach { heads.write(it, 0) }
        assertFalse(rollUps.rollUpSome())
    }

    private fun days(random: Random) = List(3) { first.plusDays(it.toLong()) }.flatMap { day(random, it) }

    /** By the definitions, sample by sample. */
    private fun sums(all: List<Spoken>): Sums {
        fun minutes(which: (SampleHead) -> Boolean) = all.filter { which(it.head) }.sumOf { it.minutes.toLong() }
        return Sums(
            all.size,
            all.count { !it.head.hasChatters },
            all.count { it.head.hasChatters && !it.head.isComplete },
            minutes { true },
            minutes { it.liveViewers != null },
            all.sumOf { (it.head.liveViewers ?: 0).toLong() * it.minutes },
            all.mapNotNull { it.head.liveViewers }.maxOrNull(),
            minutes { it.chatters != null },
            all.sumOf { (it.head.chatters ?: 0).toLong() * it.minutes },
            all.mapNotNull { it.head.chatters }.maxOrNull(),
            minutes { it.chatters != null && it.liveViewers != null },
            all.filter { it.head.chatters != null && it.head.liveViewers != null }
                .sumOf { maxOf(0, it.head.liveViewers!! - it.head.chatters!!).toLong() * it.minutes },
        )
    }

    @Test
    fun `streamers over hours and over days are plain sums over their samples, also of one language or category`() {
        val all = days(Random(11))
        take(all)
        val (from, to) = start.plus(5, ChronoUnit.HOURS) to start.plus(40, ChronoUnit.HOURS)
        for ((language, category) in listOf(null to null, "fr" to null, null to "🦇", "en" to "<b>", "xx" to null)) {
            fun isAsked(it: Spoken) =
                (language == null || it.head.language == language) && (category == null || it.head.category == category)
            val hours = all.filter { it.hour >= from && it.hour < to && isAsked(it) }.groupBy { it.head.streamer.name }
            val found = figures.streamers(from, to, language, category).associateBy { it.streamer }
            assertEquals(hours.mapValues { sums(it.value) }, found.mapValues { it.value.sums })
            assertEquals(hours.mapValues { (_, mine) -> mine.distinctBy { it.date }.size }, found.mapValues { it.value.days })
            val days = all.filter { it.date >= first.plusDays(1) && isAsked(it) }.groupBy { it.head.streamer.name }
            val byDay = figures.streamers(first.plusDays(1), first.plusDays(3), language, category)
            assertEquals(days.mapValues { sums(it.value) }, byDay.associate { it.streamer to it.sums })
            assertTrue(byDay.all { it.language == if (it.streamer < "s4") "fr" else "en" })
        }
    }

    @Test
    fun `one streamer by hour, by day and by sample`() {
        val all = days(Random(12))
        take(all)
        val mine = all.filter { it.head.streamer.name == "s2" }
        val login = Login.require("s2")
        val hours = figures.hours(login, start, start.plus(72, ChronoUnit.HOURS))
        assertEquals(
            mine.groupBy { it.hour to it.head.category }.mapValues { sums(it.value) },
            hours.associate { (it.hour to it.category) to it.sums },
        )
        assertEquals(hours.map { it.hour }.sorted(), hours.map { it.hour })
        assertEquals(
            mine.groupBy { it.date to it.head.category }.mapValues { sums(it.value) },
            figures.dayByDay(login, first, first.plusDays(3)).associate { (it.day to it.category) to it.sums },
        )
        assertEquals(mine.map { it.date }.distinct().sorted(), figures.days(login))
        val second = figures.samples(login, listOf(first.plusDays(1)))
        val expected = mine.filter { it.date == first.plusDays(1) }.sortedBy { it.at }
        assertEquals(
            expected.map { listOf(it.at, it.head.liveViewers, it.head.chatters, it.head.title) },
            second.map { listOf(it.at, it.viewers, it.chatters, it.title) },
        )
        assertEquals(emptyList<Any>(), figures.samples(Login.require("nobody"), listOf(first)))
    }

    @Test
    fun `names, languages and categories are those that there are, most first`() {
        assertNull(figures.extent())
        assertEquals(emptyList<String>(), figures.names())
        val all = days(Random(13))
        take(all)
        assertEquals(first..first.plusDays(2), figures.extent())
        assertEquals(all.map { it.head.streamer.name }.distinct().sorted(), figures.names())
        val (from, to) = first to first.plusDays(2)
        val asked = all.filter { it.date < to }
        fun most(by: (Spoken) -> String, of: (Spoken) -> Long) = asked.groupBy(by).filterKeys { it.isNotEmpty() }
            .mapValues { (_, these) -> these.sumOf(of) }.entries.sortedByDescending { it.value }.map { it.key }
        assertEquals(most({ it.head.language }) { it.minutes.toLong() }, figures.kinds(from, to).languages)
        assertEquals(most({ it.head.category }) { (it.head.liveViewers ?: 0).toLong() * it.minutes }, figures.kinds(from, to).categories)
    }

    @Test
    fun `the last sample of each within some slots, over midnight too`() {
        val all = days(Random(14))
        take(all)
        for (from in listOf(start.plus(23, ChronoUnit.HOURS), start.plus(30, ChronoUnit.HOURS))) {
            val to = from.plus(2, ChronoUnit.HOURS)
            val expected = all.filter { it.at >= from && it.at <= to }.groupBy { it.head.streamer.name }
                .mapValues { (_, mine) -> mine.maxOf { it.at } }
            assertEquals(expected, figures.lastSamples(from, to).associate { it.streamer to it.at })
        }
    }

    @Test
    fun `what comes later, again or is forgotten leaves what its samples say`() {
        val all = days(Random(15))
        take(all)
        val before = figures.streamers(first, first.plusDays(3))
        take(all)
        assertEquals(before, figures.streamers(first, first.plusDays(3)))
        val (gone, left) = all.partition { it.date == first.plusDays(1) }
        assertTrue(gone.isNotEmpty())
        heads.forget(Day(first.plusDays(1).toEpochDay().toInt()), 0)
        assertFalse(rollUps.rollUpSome())
        fun now() = figures.streamers(first, first.plusDays(3)).associate { it.streamer to it.sums }
        assertEquals(left.groupBy { it.head.streamer.name }.mapValues { sums(it.value) }, now())
        assertEquals(0, db.query("SELECT COUNT(*) FROM tracked_due") { it.getInt(1) }.single())
        val more = gone.filter { it.head.streamer.name == "s1" }
        take(more)
        assertEquals(sums(left.filter { it.head.streamer.name == "s1" } + more), now().getValue("s1"))
    }
}
