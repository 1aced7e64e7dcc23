package twitchactors.archiver

import com.typesafe.config.ConfigFactory
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.domain.BadInput
import java.time.Duration

class RetentionSettingsTest {
    private fun settings(viewerDays: String, viewers: String): RetentionSettings {
        val others = "sample-heads, superseded-seals, archives, sample-files, damaged-files, csv, audit".split(", ")
        val keys = mapOf("look-every" to "1 hour", "viewer-days" to viewerDays, "viewers" to viewers) + others.associateWith { "9 days" }
        val text = keys.entries.joinToString("\n") { "${it.key} = ${it.value}" }
        return RetentionSettings.from(ConfigFactory.parseString("twitchactors.retention {\n$text\n}"))
    }

    @Test
    fun `what documents of viewers hold of a day is not kept for less than the day by viewer`() {
        assertEquals(Duration.ofDays(30), settings("30 days", "30 days").viewers)
        assertEquals(Duration.ofDays(31), settings("30 days", "31 days").viewers)
        assertNull(settings("infinite", "infinite").viewers)
        assertNull(settings("30 days", "infinite").viewers)
        for ((days, viewers) in listOf("30 days" to "29 days", "infinite" to "400 days")) {
            val refused = assertThrows(BadInput::class.java) { settings(days, viewers) }
            assertTrue("twitchactors.retention.viewers is" in refused.message.orEmpty(), refused.message)
        }
    }
}
