package twitchactors.sources

import com.typesafe.config.ConfigFactory
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.api.io.TempDir
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource
import twitchactors.domain.BadInput
import java.nio.file.Path
import java.time.Duration

internal class DirectorySettingsTest {
    @TempDir
    lateinit var folder: Path

    private fun settings(vararg keys: Pair<String, String>): DirectorySettings {
        val set = (listOf("lib" to "$folder") + keys).joinToString("\n") { (key, value) -> "twitchactors.directory.$key = \"$value\"" }
        return DirectorySettings.from(ConfigFactory.parseString(set).withFallback(ConfigFactory.parseResources("directory.conf")).resolve())
    }

    @Test
    fun `the shipped file is complete, and its values are those of the class`() {
        val shipped = settings()
        val own = DirectorySettings("https://www.twitch.tv", folder, ChromiumProgram.find())
        fun all(settings: DirectorySettings): List<Any?> = settings.run {
            listOf(url, lib, browser, sandbox, startLimit, firstCards, quiet, limit, mostMemory, idleAfter, firstRest, java)
        }
        assertEquals(all(own), all(shipped))
    }

    @Test
    fun `keys can be set`() {
        assertEquals("http://127.0.0.1:8503", settings("url" to "http://127.0.0.1:8503/").url)
        assertEquals(Duration.ofMillis(700), settings("quiet" to "700ms").quiet)
        assertEquals(Path.of("/bin/sh"), settings("browser" to "/bin/sh").browser)
    }

    @ParameterizedTest
    @CsvSource(
        "url,twitch.tv", "url,ftp://a", "url,http://a b", "lib,''", "lib,/no/such", "browser,/no/such", "quiet,0s", "limit,-1s",
        "most-memory,much",
    )
    fun `a value that cannot be is named`(key: String, value: String) {
        val message = assertThrows<BadInput> { settings(key to value) }.message.orEmpty()
        assertTrue(key in message, message)
    }
}
