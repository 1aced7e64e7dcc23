package twitchactors.dashboard

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.time.Duration
import java.time.Instant
import java.time.LocalDate

class PeriodTest {
    private val now = Instant.parse("2022-08-10T13:25:07Z")

    private fun period(vararg fields: Pair<String, String>) = Period.of(mapOf(*fields), now)

    private fun span(vararg fields: Pair<String, String>) = period(*fields).let { "${it.from}/${it.to}" }

    @Test
    fun `presets end with the hour that runs`() {
        assertEquals("2022-08-10T00:00:00Z/2022-08-10T14:00:00Z", span("period" to "today"))
        assertEquals("2022-08-09T14:00:00Z/2022-08-10T14:00:00Z", span("period" to "24h"))
        assertEquals("2022-08-03T14:00:00Z/2022-08-10T14:00:00Z", span())
        assertEquals("2022-07-11T14:00:00Z/2022-08-10T14:00:00Z", span("period" to "30d"))
    }

    @Test
    fun `days are those of the zone`() {
        assertEquals("2022-08-09T22:00:00Z/2022-08-10T14:00:00Z", span("period" to "today", "tz" to "Europe/Paris"))
        assertEquals(
            "2022-08-01T22:00:00Z/2022-08-03T22:00:00Z",
            span("from" to "2022-08-02", "to" to "2022-08-03", "tz" to "Europe/Paris"),
        )
        val tokyo = period("from" to "2022-08-02", "tz" to "Asia/Tokyo")
        assertEquals(listOf("2022-08-01", "2022-08-02"), tokyo.utcDays.map { "$it" })
        assertEquals("2022-08-02" to "2022-08-02", "${tokyo.firstDate}" to "${tokyo.lastDate}")
    }

    @Test
    fun `a day on which the clock is put back has 25 hours`() {
        assertEquals(Duration.ofHours(25), period("from" to "2022-10-30", "tz" to "Europe/Paris").length)
    }

    @Test
    fun `the period before has the same length and ends where this one begins`() {
        val period = period("from" to "2022-08-08", "to" to "2022-08-10", "compare" to "1")
        assertEquals("2022-08-05T00:00:00Z" to period.from, "${period.previous.from}" to period.previous.to)
    }

    @Test
    fun `what cannot be read is said, and the default is taken`() {
        val bad = listOf(
            mapOf("period" to "year"),
            mapOf("tz" to "Moon/Base"),
            mapOf("from" to "2022-08-03", "to" to "2022-08-02"),
            mapOf("from" to "yesterday"),
            mapOf("period" to "custom"),
            mapOf("from" to "2000-01-01", "to" to "2022-08-02"),
            mapOf("from" to "+999999999-01-01"),
            mapOf("from" to "2022-02-30"),
        )
        for (fields in bad) {
            val period = Period.of(fields, now)
            assertNotNull(period.problem, "$fields")
            assertEquals("2022-08-03T14:00:00Z/2022-08-10T14:00:00Z", "${period.from}/${period.to}", "$fields")
        }
    }

    @Test
    fun `its own address says the same period again`() {
        for (fields in listOf(
            mapOf("period" to "24h"),
            mapOf("from" to "2022-08-02", "to" to "2022-08-05", "tz" to "Europe/Paris", "compare" to "1"),
            mapOf("from" to "2030-01-01"),
        )) {
            val period = Period.of(fields, now)
            assertNull(period.problem)
            assertEquals(period, Period.of(period.query(), now))
        }
        assertTrue(period("from" to "2030-01-01").isFuture)
        assertEquals(LocalDate.parse("2030-01-01"), period("from" to "2030-01-01").lastDate)
    }
}
