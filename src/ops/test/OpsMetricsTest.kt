package twitchactors.ops

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class OpsMetricsTest {
    private val metrics = OpsMetrics()

    private fun lines(name: String) = metrics.text().lines().filter { it.startsWith(name) || " $name " in it }

    @Test
    fun `a counter has its unit and help, and says what is now`() {
        var samples = 3L
        metrics.counter("accepted", "samples", "Samples that were taken.") { samples }
        val name = "twitchactors_accepted_samples_total"
        assertEquals(listOf("# HELP $name Samples that were taken.", "# TYPE $name counter", "$name 3.0"), lines(name))
        samples = 5
        assertTrue("$name 5.0" in lines(name))
    }

    @Test
    fun `labels that come to be are taken in before somebody looks`() {
        val reasons = mutableMapOf("quiet" to 1)
        metrics.beforeLook {
            reasons.keys.forEach { reason -> metrics.counter("published", "gaps", "Gaps.", mapOf("reason" to reason)) { reasons[reason] } }
        }
        assertEquals(1, lines("twitchactors_published_gaps_total{").size)
        reasons["late"] = 2
        assertEquals(
            listOf("twitchactors_published_gaps_total{reason=\"late\"} 2.0", "twitchactors_published_gaps_total{reason=\"quiet\"} 1.0"),
            lines("twitchactors_published_gaps_total{").sorted(),
        )
    }

    @Test
    fun `what is unknown or fails is no number, and spoils nothing else`() {
        metrics.gauge("age", "seconds", "Age.") { null }
        metrics.gauge("size", "bytes", "Size.") { error("no answer") }
        assertTrue("twitchactors_age_seconds NaN" in lines("twitchactors_age_seconds"))
        assertTrue("twitchactors_size_bytes NaN" in lines("twitchactors_size_bytes"))
    }
}
