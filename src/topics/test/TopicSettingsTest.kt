package twitchactors.topics

import com.typesafe.config.Config
import com.typesafe.config.ConfigFactory
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.domain.BadInput

class TopicSettingsTest {
    @Test
    fun `the shipped configuration says the defaults`() {
        val shipped = TopicSettings.from(shipped())
        val default = TopicSettings()
        assertEquals(default.specs, shipped.specs)
        assertEquals(default.compression, shipped.compression)
        assertEquals(default.inFlight, shipped.inFlight)
        assertEquals(default.patience, shipped.patience)
    }

    @Test
    fun `a value that cannot be is refused by the name of its key`() {
        for ((key, value) in listOf(
            "samples-partitions" to "0",
            "viewer-partitions" to "1025",
            "retention" to "6 days",
            "compression" to "rar",
            "in-flight" to "0",
            "patience" to "0 s",
            "viewer-partitions" to "many",
        )) {
            val config = ConfigFactory.parseString("twitchactors.topics.$key = $value").withFallback(shipped())
            val refused = assertThrows(BadInput::class.java) { TopicSettings.from(config) }
            assertTrue(key in refused.message!!) { refused.message }
        }
    }

    private fun shipped(): Config = ConfigFactory.parseResources("topics.conf").resolve()
}
