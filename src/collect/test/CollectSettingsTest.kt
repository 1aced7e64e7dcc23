package twitchactors.collect

import com.typesafe.config.Config
import com.typesafe.config.ConfigFactory
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.domain.BadInput
import java.nio.file.Files
import java.nio.file.Path

class CollectSettingsTest {
    /** For each key, a value that is another than the default. */
    private val others = mapOf(
        "languages" to "fr, en",
        "top" to "7",
        "pinned" to "a, B",
        "spread-from" to "0.2",
        "spread-to" to "0.7",
        "overtime" to "20 s",
        "gather" to "1 s",
        "slot-grace" to "2 minutes",
        "day-grace" to "1 minute",
        "buffer" to "5 MiB",
        "wake-every" to "1 s",
        "retry-after" to "1 s",
    )

    private fun shipped(): Config = ConfigFactory.parseResources("collect.conf").resolve()

    private fun with(key: String, value: String) =
        ConfigFactory.parseString("twitchactors.collect.$key = \"$value\"").withFallback(shipped())

    @Test
    fun `the shipped configuration says the defaults`() = assertEquals(CollectSettings(), CollectSettings.from(shipped()))

    @Test
    fun `each key has an effect, from a file and from the environment`() {
        val default = CollectSettings()
        val lines = Files.readAllLines(Path.of("../../hocon/collect.conf")).map(String::trim)
        assertEquals(shipped().getConfig("twitchactors.collect").root().keys, others.keys)
        for ((key, value) in others) {
            val byFile = CollectSettings.from(with(key, value))
            assertNotEquals(default, byFile, key)
            val variable = "TWITCHACTORS_COLLECT_" + key.uppercase().replace('-', '_')
            val at = lines.indexOf("$key = \${?$variable}")
            assertTrue(at > 0 && lines[at - 1].startsWith("$key = "), "$key has no override $variable")
            assertTrue(lines.take(at - 1).takeLastWhile { it.isNotEmpty() }.any { it.startsWith("#") }, "$key has no comment")
            // As Typesafe's library does it with the environment, which a running JVM cannot change.
            val environment = ConfigFactory.parseMap(mapOf(variable to value))
            val byEnvironment = environment.withFallback(ConfigFactory.parseResources("collect.conf")).resolve()
            assertEquals(byFile, CollectSettings.from(byEnvironment), key)
        }
    }

    @Test
    fun `a value that cannot be is refused by the name of its key`() {
        for ((key, value) in listOf(
            "top" to "-1",
            "pinned" to "no login",
            "spread-from" to "1.5",
            "spread-to" to "0.01",
            "overtime" to "31 s",
            "gather" to "0 s",
            "slot-grace" to "30 s",
            "day-grace" to "13 h",
            "buffer" to "1 kB",
            "wake-every" to "1 day",
            "retry-after" to "soon",
        )) {
            val refused = assertThrows(BadInput::class.java) { CollectSettings.from(with(key, value)) }
            assertTrue(key in refused.message!!) { refused.message }
        }
    }
}
