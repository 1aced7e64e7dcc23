package twitchactors.sweeps

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
import java.time.Duration

class SweepsSettingsTest {
    private val default = SweepsSettings()

    /** Each key with another value than the shipped one, and the settings that it makes. */
    private val changes = mapOf(
        "enabled" to ("false" to default.copy(enabled = false)),
        "source" to ("directory" to default.copy(source = SweepSource.DIRECTORY)),
        "categories" to ("7" to default.copy(categories = 7)),
        "categories-every" to ("10 s" to default.copy(categoriesEvery = Duration.ofSeconds(10))),
        "streams-summed" to ("100" to default.copy(streamsSummed = 100)),
        "category-tags" to ("0" to default.copy(categoryTags = 0)),
        "streams-per-category" to ("20" to default.copy(streamsPerCategory = 20)),
        "streams-every" to ("5 minutes" to default.copy(streamsEvery = Duration.ofMinutes(5))),
        "parallelism" to ("1" to default.copy(parallelism = 1)),
        "csv" to ("false" to default.copy(csv = false)),
        "batch-rows" to ("10" to default.copy(batchRows = 10)),
        "batch-within" to ("1 s" to default.copy(batchWithin = Duration.ofSeconds(1))),
        "roll-up-every" to ("1 h" to default.copy(rollUpEvery = Duration.ofHours(1))),
        "keep-rows" to ("30 days" to default.copy(keepRows = Duration.ofDays(30))),
    )

    private fun with(key: String, value: String): Config =
        ConfigFactory.parseString("twitchactors.sweeps.$key = $value").withFallback(ConfigFactory.parseResources("sweeps.conf")).resolve()

    @Test
    fun `the shipped configuration says the defaults, and each of its keys is tried here`() {
        val shipped = ConfigFactory.parseResources("sweeps.conf").resolve()
        assertEquals(default, SweepsSettings.from(shipped))
        assertEquals(changes.keys, shipped.getConfig("twitchactors.sweeps").root().keys)
    }

    @Test
    fun `each key takes effect from a file`() {
        for ((key, change) in changes) {
            assertEquals(change.second, SweepsSettings.from(with(key, change.first)), key)
            assertNotEquals(default, change.second, key)
        }
    }

    @Test
    fun `each key takes effect from the environment`() {
        for ((key, change) in changes) {
            val name = "TWITCHACTORS_SWEEPS_${key.uppercase().replace('-', '_')}"
            val environment = ConfigFactory.parseMap(mapOf(name to change.first))
            val config = ConfigFactory.parseResources("sweeps.conf").withFallback(environment).resolve()
            assertEquals(change.second, SweepsSettings.from(config), name)
        }
    }

    @Test
    fun `each key has a comment before it`() {
        val lines = Files.readAllLines(Path.of("../../hocon/sweeps.conf")).map(String::trim)
        for (key in changes.keys) {
            val at = lines.indexOfFirst { it.startsWith("$key = ") }
            assertTrue(lines[at - 1].startsWith("#"), key)
        }
    }

    @Test
    fun `a value that cannot be is refused by the name of its key`() {
        for ((key, value) in listOf(
            "enabled" to "perhaps", "categories" to "0", "categories-every" to "0 s", "streams-summed" to "many", "category-tags" to "-1",
            "streams-per-category" to "100000", "streams-every" to "2 days", "parallelism" to "0", "batch-rows" to "0",
            "batch-within" to "0 s", "roll-up-every" to "1 ms", "keep-rows" to "23 h",
        )) {
            val refused = assertThrows(BadInput::class.java) { SweepsSettings.from(with(key, value)) }
            assertTrue(key in refused.message!!) { refused.message }
        }
    }
}
