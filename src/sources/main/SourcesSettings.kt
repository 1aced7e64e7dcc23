package twitchactors.sources

import com.typesafe.config.Config
import com.typesafe.config.ConfigException
import twitchactors.domain.BadInput
import java.io.IOException
import java.net.URI
import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration

/**
 * What `twitchactors.sources.twitch` and `twitchactors.sources.helix` say.
 *
 * @param replyTimeout from a request to the last byte of its reply
 * @param longestReply bytes
 * @param retries of a request after its first failure
 * @param retryAfter pause before the first retry; each one doubles it
 * @param inFlight requests at a time, of this node
 * @param budgetPatience how long a request waits for a point of its budget
 * @param pointsPerMinute of a budget of which Twitch has not told yet
 * @param notPermittedFor how long a channel whose chatters we may not read is not asked for again
 * @param validateEvery how often tokens are validated
 */
class SourcesSettings(
    val twitch: TwitchAccess,
    val connectTimeout: Duration = Duration.ofSeconds(5),
    val replyTimeout: Duration = Duration.ofSeconds(15),
    val longestReply: Long = 4L shl 20,
    val retries: Int = 3,
    val retryAfter: Duration = Duration.ofMillis(500),
    val inFlight: Int = 32,
    val budgetPatience: Duration = Duration.ofMinutes(2),
    val pointsPerMinute: Int = 800,
    val notPermittedFor: Duration = Duration.ofHours(1),
    val validateEvery: Duration = Duration.ofHours(1),
) {
    /** Whether an app token can be had, and so Twitch's API be asked. */
    val hasCredentials: Boolean get() = twitch.hasCredentials

    companion object {
        private const val SECTION = "twitchactors.sources"
        private val TOKENS_KEY = Regex("[0-9a-fA-F]{64}")

        /** Reads [SECTION] of [config]; throws [BadInput] naming the key that is wrong. */
        fun from(config: Config): SourcesSettings = try {
            read(config.getConfig(SECTION))
        } catch (wrong: ConfigException) {
            throw BadInput("configuration: ${wrong.message}", wrong)
        }

        private fun read(sources: Config): SourcesSettings = SourcesSettings(
            twitch = TwitchAccess(
                api = address(sources, "twitch.api-url"),
                oauth = address(sources, "twitch.oauth-url"),
                clientId = sources.getString("twitch.client-id").trim(),
                clientSecret = Secret(secret(sources, "twitch.client-secret", "twitch.client-secret-file")),
                tokensKey = Secret(tokensKey(sources.getString("twitch.tokens-key").trim())),
                pictures = address(sources, "twitch.pictures-url"),
            ),
            connectTimeout = duration(sources, "helix.connect-timeout"),
            replyTimeout = duration(sources, "helix.reply-timeout"),
            longestReply = number(sources.getBytes("helix.longest-reply"), "helix.longest-reply", 1024L..(1L shl 30)),
            retries = number(sources.getLong("helix.retries"), "helix.retries", 0L..100).toInt(),
            retryAfter = duration(sources, "helix.retry-after"),
            inFlight = number(sources.getLong("helix.in-flight"), "helix.in-flight", 1L..1000).toInt(),
            budgetPatience = duration(sources, "helix.budget-patience"),
            pointsPerMinute = number(sources.getLong("helix.points-per-minute"), "helix.points-per-minute", 1L..1_000_000).toInt(),
            notPermittedFor = duration(sources, "helix.not-permitted-for"),
            validateEvery = duration(sources, "helix.validate-every"),
        )

        private fun address(sources: Config, key: String): String {
            val address = sources.getString(key).trimEnd('/')
            val uri = runCatching { URI(address) }.getOrNull()
            if (uri?.scheme !in setOf("http", "https") || uri?.host == null) bad("$key is '$address': write it as https://host/path")
            return address
        }

        private fun duration(sources: Config, key: String): Duration {
            val duration = sources.getDuration(key)
            if (duration.isZero || duration.isNegative) bad("$key must be longer than nothing")
            return duration
        }

        private fun number(value: Long, key: String, range: LongRange): Long {
            if (value !in range) bad("$key is $value: ${range.first} to ${range.last} is possible")
            return value
        }

        private fun tokensKey(text: String): String {
            if (text.isNotEmpty() && !TOKENS_KEY.matches(text)) bad("twitch.tokens-key must be 64 hexadecimal digits: openssl rand -hex 32")
            return text
        }

        /** The value of [key], or else the first line of the file that [fileKey] names; empty when neither is given. */
        private fun secret(config: Config, key: String, fileKey: String): String {
            val file = config.getString(fileKey)
            if (config.getString(key).isNotEmpty() || file.isEmpty()) return config.getString(key).trim()
            return try {
                Files.newBufferedReader(Path.of(file)).use { it.readLine().orEmpty().trim() }
            } catch (unreadable: IOException) {
                throw BadInput("$SECTION.$fileKey names $file, which cannot be read: $unreadable", unreadable)
            }
        }

        private fun bad(what: String): Nothing = throw BadInput("$SECTION.$what")
    }
}
