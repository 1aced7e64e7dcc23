package twitchactors.sources

import com.typesafe.config.ConfigFactory
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test
import java.time.Duration

internal class ChatSettingsTest {
    private val shipped = ConfigFactory.parseResources("sources.conf").resolve()

    @Test
    fun `the shipped file says what the defaults are`() {
        val read = ChatSettings.from(shipped)
        val default = ChatSettings()
        for (member in ChatSettings::class.java.declaredFields.filter { !java.lang.reflect.Modifier.isStatic(it.modifiers) }) {
            member.isAccessible = true
            assertEquals(member.get(default), member.get(read), member.name)
        }
    }

    @Test
    fun `values that make no sense are refused with what they are`() {
        val bad = mapOf("port" to "0", "connections" to "0", "joins-per-10-seconds" to "-1", "back-off-max" to "1 ms")
        for ((key, value) in bad) {
            val config = ConfigFactory.parseString("twitchactors.sources.chat.$key = $value").withFallback(shipped)
            assertThrows(IllegalArgumentException::class.java, { ChatSettings.from(config) }, key)
        }
        val short = ConfigFactory.parseString("twitchactors.sources.chat.ping-after = 5 s").withFallback(shipped)
        assertEquals(Duration.ofSeconds(5), ChatSettings.from(short).pingAfter)
    }
}
