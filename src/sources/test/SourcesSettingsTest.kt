package twitchactors.sources

import com.typesafe.config.ConfigFactory
import com.typesafe.config.ConfigValueFactory
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import twitchactors.domain.BadInput
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.writeText

internal class SourcesSettingsTest {
    private val shipped = ConfigFactory.parseResources("sources.conf")

    /** A key, its environment variable, another value, and what is to be seen of it. */
    private class Key(val path: String, val variable: String, val value: String, val seen: (SourcesSettings) -> Any)

    private val keys = listOf(
        Key("twitch.api-url", "TWITCHACTORS_TWITCH_API_URL", "http://127.0.0.1:1/helix") { it.twitch.api },
        Key("twitch.oauth-url", "TWITCHACTORS_TWITCH_OAUTH_URL", "http://127.0.0.1:1/oauth2") { it.twitch.oauth },
        Key("twitch.pictures-url", "TWITCHACTORS_TWITCH_PICTURES_URL", "http://127.0.0.1:1/box-art") { it.twitch.pictures },
        Key("twitch.client-id", "TWITCHACTORS_TWITCH_CLIENT_ID", "an_id") { it.twitch.clientId },
        Key("twitch.client-secret", "TWITCHACTORS_TWITCH_CLIENT_SECRET", "geheim") { it.twitch.clientSecret.reveal() },
        Key("twitch.tokens-key", "TWITCHACTORS_TOKENS_KEY", "0123456789abcdef".repeat(4)) { it.twitch.tokensKey.reveal() },
        Key("helix.connect-timeout", "TWITCHACTORS_HELIX_CONNECT_TIMEOUT", "7 s") { it.connectTimeout },
        Key("helix.reply-timeout", "TWITCHACTORS_HELIX_REPLY_TIMEOUT", "7 s") { it.replyTimeout },
        Key("helix.longest-reply", "TWITCHACTORS_HELIX_LONGEST_REPLY", "7 MiB") { it.longestReply },
        Key("helix.retries", "TWITCHACTORS_HELIX_RETRIES", "7") { it.retries },
        Key("helix.retry-after", "TWITCHACTORS_HELIX_RETRY_AFTER", "7 s") { it.retryAfter },
        Key("helix.in-flight", "TWITCHACTORS_HELIX_IN_FLIGHT", "7") { it.inFlight },
        Key("helix.budget-patience", "TWITCHACTORS_HELIX_BUDGET_PATIENCE", "7 s") { it.budgetPatience },
        Key("helix.points-per-minute", "TWITCHACTORS_HELIX_POINTS_PER_MINUTE", "7") { it.pointsPerMinute },
        Key("helix.not-permitted-for", "TWITCHACTORS_HELIX_NOT_PERMITTED_FOR", "7 s") { it.notPermittedFor },
        Key("helix.validate-every", "TWITCHACTORS_HELIX_VALIDATE_EVERY", "7 s") { it.validateEvery },
    )

    private fun byFile(path: String, value: Any) =
        SourcesSettings.from(shipped.withValue("twitchactors.sources.$path", ConfigValueFactory.fromAnyRef(value)).resolve())

    /** A variable is looked up in the configuration itself before the environment. */
    private fun byEnvironment(variable: String, value: String) =
        SourcesSettings.from(ConfigFactory.parseMap(mapOf(variable to value)).withFallback(shipped).resolve())

    @Test
    fun `each key is set by file and by environment`(@TempDir folder: Path) {
        val usual = SourcesSettings.from(shipped.resolve())
        for (key in keys) {
            val file = byFile(key.path, key.value)
            assertNotEquals(key.seen(usual), key.seen(file), key.path)
            assertEquals(key.seen(file), key.seen(byEnvironment(key.variable, key.value)), key.variable)
        }
        val secret = folder.resolve("secret").apply { writeText("geheim\n") }
        assertEquals(Secret("geheim"), byFile("twitch.client-secret-file", "$secret").twitch.clientSecret)
        assertEquals(Secret("geheim"), byEnvironment("TWITCHACTORS_TWITCH_CLIENT_SECRET_FILE", "$secret").twitch.clientSecret)
        val tested = keys.map { it.path }.toSet() + "twitch.client-secret-file"
        val documented = listOf("twitch", "helix").flatMap { section ->
            shipped.resolve().getConfig("twitchactors.sources.$section").entrySet().map { "$section.${it.key}" }
        }
        assertEquals(tested, documented.toSet())
    }

    @Test
    fun `each shipped key has a comment before it and an override from the environment after it`() {
        val lines = Files.readAllLines(Path.of("../../hocon/sources.conf")).map(String::trim)
        val found = lines.indices.filter { Regex("""[a-z-]+ = [^$].*""").matches(lines[it]) }
        assertTrue(found.size >= keys.size, "found ${found.size} keys")
        for (at in found) {
            val key = lines[at].substringBefore(" =")
            val override = Regex(Regex.escape(key) + """ = \$\{\?TWITCHACTORS_[A-Z_]+}""")
            assertTrue(override.matches(lines[at + 1]), "$key has no override: ${lines[at + 1]}")
            assertTrue(lines.subList(0, at).takeLastWhile { it.isNotEmpty() }.any { it.startsWith("#") }, "$key has no comment")
        }
    }

    @Test
    fun `a wrong value is named with its key`() {
        val wrong = mapOf(
            "twitch.api-url" to "api.twitch.tv",
            "twitch.tokens-key" to "short",
            "twitch.client-secret-file" to "/nowhere/secret",
            "helix.retries" to "-1",
            "helix.in-flight" to "0",
            "helix.reply-timeout" to "0 s",
            "helix.longest-reply" to "1",
            "helix.budget-patience" to "soon",
        )
        for ((path, value) in wrong) {
            val message = assertThrows(BadInput::class.java) { byFile(path, value) }.message!!
            assertTrue(path in message, "$path: $message")
        }
    }

    @Test
    fun `what is missing says what it adds, how to set it and where to get it`() {
        val usual = SourcesSettings.from(shipped.resolve()).twitch
        assertFalse(usual.hasCredentials)
        val all = TwitchCredentials.missing(usual, 0)
        assertEquals(3, all.size)
        for ((line, name) in all.zip(
            listOf("TWITCHACTORS_TWITCH_CLIENT_ID", "TWITCHACTORS_TWITCH_CLIENT_SECRET", "twitchactors authorize"),
        )) {
            assertTrue(name in line && "add" in line || "belongs to" in line, line)
        }
        assertTrue("https://dev.twitch.tv/console/apps" in all[0])
        val set = TwitchAccess("", "", "an_id", Secret("geheim"))
        assertTrue(set.hasCredentials)
        assertEquals(emptyList<String>(), TwitchCredentials.missing(set, 1))
        assertTrue(
            "https://dev.twitch.tv/console/apps" in TwitchCredentials.missing(TwitchAccess("", "", "an_id", Secret("")), null).single(),
        )
        assertFalse("geheim" in "${set.clientSecret}")
    }
}
