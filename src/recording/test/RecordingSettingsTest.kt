package twitchactors.recording

import com.typesafe.config.Config
import com.typesafe.config.ConfigFactory
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.domain.BadInput

class RecordingSettingsTest {
    @Test
    fun `the shipped configuration says the defaults`() {
        assertEquals(values(RecordingSettings()), values(RecordingSettings.from(shipped())))
    }

    @Test
    fun `each key that the file has is read`() {
        val others = mapOf(
            "grace" to "3 minutes",
            "quiet" to "2 minutes",
            "memory" to "1 MiB",
            "look-every" to "2 s",
            "retry-after" to "1 s",
            "replays" to "false",
        )
        assertEquals(shipped().getConfig("twitchactors.recording").root().keys, others.keys)
        for ((key, value) in others) {
            val before = values(RecordingSettings())
            val after = values(RecordingSettings.from(with(key, value)))
            assertEquals(1, before.zip(after).count { (was, now) -> was != now }, key)
            assertNotEquals(before, after)
        }
    }

    @Test
    fun `a value that cannot be is refused by the name of its key`() {
        for ((key, value) in listOf(
            "grace" to "-1 s",
            "quiet" to "2 days",
            "memory" to "1 KiB",
            "memory" to "2 GiB",
            "look-every" to "0 s",
            "retry-after" to "0 s",
            "replays" to "perhaps",
            "grace" to "long",
        )) {
            val refused = assertThrows(BadInput::class.java) { RecordingSettings.from(with(key, value)) }
            assertTrue(key in refused.message!!) { refused.message }
        }
    }

    private fun values(settings: RecordingSettings) = settings.run { listOf(grace, quiet, memory, lookEvery, retryAfter, replays) }

    private fun with(key: String, value: String) = ConfigFactory.parseString("twitchactors.recording.$key = $value").withFallback(shipped())

    private fun shipped(): Config = ConfigFactory.parseResources("recording.conf").resolve()
}
