package twitchactors.dashboard

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.domain.Day
import twitchactors.store.DayLook
import twitchactors.store.DayStatus
import twitchactors.store.SampledSlots
import java.time.Instant

class StatusTest {
    private val day = Day.parse("2022-08-01")!!
    private val noon = Instant.parse("2022-08-01T12:00:00Z")

    private fun look(slots: List<DayLook.OfSlot>, findings: List<String> = emptyList()) = DayLook(
        day,
        Instant.parse("2022-08-02T02:10:00Z"),
        1,
        slots,
        mapOf("chatters" to 480L),
        DayLook.KeptFile("2022-08-01.7z", 21_000_000, "ab".repeat(32)),
        DayLook.KeptFile("2022-08-01.parquet", 12_600_000, "cd".repeat(32)),
        2,
        findings,
    )

    private fun status(verified: Boolean?) = DayStatus(
        day, 1, 16, true, 900, 2_000, 30_000, "0123456789abcdef".repeat(4),
        DayStatus.Coverage(240, 288, 480, 500, 20), verified,
    )

    private fun question(workings: WorkingsReads, now: Instant, vararg fields: Pair<String, String>) =
        Question(Questions.reads(now = now, about = Questions.About(workings)), Period.of(mapOf(*fields), now))

    private val oneDay = arrayOf("from" to "2022-08-01", "to" to "2022-08-01")

    /** 100 whole slots, 50 with a gap each, 2 with gaps only, 88 offline, 48 of which there is no file. */
    private val slots = List(100) { DayLook.OfSlot(true, 2, emptyMap()) } +
        List(50) { DayLook.OfSlot(true, 1, mapOf((if (it < 40) "timed out" else "refused") to 1)) } +
        List(2) { DayLook.OfSlot(true, 0, mapOf("refused" to 2)) } +
        List(88) { DayLook.OfSlot(true, 0, emptyMap()) } +
        List(48) { DayLook.OfSlot(false, 0, emptyMap()) }

    @Test
    fun `the grid says of each span what there is, and why there is no more`() {
        val table = COVERAGE_GRID.query(question(Questions.workings(looks = listOf(look(slots))), noon, *oneDay))
        val spans = table.rows.map { row ->
            listOf("from", "to", "state", "slots", "samples", "gaps", "reason").map { row.values[table.index(it)] }
        }
        assertEquals(
            listOf(
                listOf("00:00", "08:20", "whole", 100, 200, 0, null),
                listOf("08:20", "12:30", "gaps", 50, 50, 50, "timed out"),
                listOf("12:30", "12:40", "only gaps", 2, 0, 4, "refused"),
                listOf("12:40", "20:00", "offline", 88, 0, 0, null),
                listOf("20:00", "24:00", "nothing", 48, 0, 0, null),
            ),
            spans,
        )
    }

    @Test
    fun `of the day that runs there is what has come in, and nothing of what is to come`() {
        val arriving = (0 until 140).associateWith { SampledSlots.OfSlot(3, if (it == 139) 1 else 0) }
        val table = COVERAGE_GRID.query(question(Questions.workings(slots = arriving), noon, *oneDay))
        assertEquals(
            listOf(listOf("00:00", "11:35", "whole"), listOf("11:35", "11:40", "gaps"), listOf("11:40", "12:00", "nothing")),
            table.rows.map { row -> listOf("from", "to", "state").map { row.values[table.index(it)] } },
        )
    }

    @Test
    fun `gaps are summed by their reason over the days`() {
        val table = GAP_REASONS.query(question(Questions.workings(looks = listOf(look(slots))), noon, *oneDay))
        assertEquals(listOf(listOf("timed out", 40, 40.0 / 54), listOf("refused", 14, 14.0 / 54)), table.rows.map { it.values })
    }

    @Test
    fun `numbers, days and archives say what was sealed and found`() {
        val reads = Questions.workings(listOf(status(verified = false)), listOf(look(slots, listOf("a file: is damaged; mend it"))))
        val question = question(reads, Instant.parse("2022-08-03T12:00:00Z"))
        val numbers = STATUS_NUMBERS.query(question).rows.single().values
        assertEquals(listOf(1, 0, 1, 480.0 / 500, 20L, 33_600_000L), numbers)
        val days = SEALED_DAYS.query(question)
        val ofDay = listOf("verified", "findings", "digest", "slots_seen").map { days.rows.single().values[days.index(it)] }
        assertEquals(listOf("with findings", 1, "0123456789abcdef", 240), ofDay)
        val archives = ARCHIVES.query(question)
        val archive = listOf("size", "rejected", "sources", "verified").map { archives.rows.single().values[archives.index(it)] }
        assertEquals(listOf(21_000_000L, 2, "chatters 480", "1 findings"), archive)
        assertEquals(listOf("a file: is damaged; mend it"), FINDINGS.query(question).rows.map { it.values[1] })
    }

    @Test
    fun `with nothing, and of the future, each panel says why it is empty`() {
        for (fields in listOf(oneDay, arrayOf("from" to "2030-01-01"))) {
            for (panel in Boards.STATUS.panels - SANITY_CALENDAR) {
                val table = panel.query(question(Questions.workings(), noon, *fields))
                assertTrue(table.rows.isEmpty() && !table.why.isNullOrEmpty(), panel.id)
            }
        }
        val silent = Questions.workings(deadLetters = null)
        assertTrue("Kafka" in DEAD_LETTERS.query(question(silent, noon)).why.orEmpty())
    }

    @Test
    fun `dead letters come by topic and reason, the most first`() {
        val letters =
            listOf(WorkingsReads.DeadLetterCount("samples", "has no value", 2), WorkingsReads.DeadLetterCount("streams", "is no JSON", 7))
        val rows = DEAD_LETTERS.query(question(Questions.workings(deadLetters = letters), noon)).rows
        assertEquals(listOf(listOf("streams", 7L, "is no JSON"), listOf("samples", 2L, "has no value")), rows.map { it.values })
    }

    @Test
    fun `sizes and times are said in units that fit`() {
        fun text(value: Number, kind: Column.Kind) = CellText.of(value, kind, Zone.UTC)
        assertEquals(
            listOf("512 B", "1.5 KiB", "20.0 MiB", "305 MiB"),
            listOf(512, 1536, 20 shl 20, 305 shl 20).map {
                text(it, Column.Kind.BYTES)
            },
        )
        assertEquals(
            listOf("0.4 s", "1 min 1 s", "2 h 5 min", "1 d 1 h"),
            listOf(0.4, 61.0, 7_500.0, 90_000.0).map { text(it, Column.Kind.SECONDS) },
        )
    }
}
