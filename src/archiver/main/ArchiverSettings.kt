package twitchactors.archiver

import com.typesafe.config.Config
import com.typesafe.config.ConfigException
import twitchactors.domain.BadInput
import java.time.DateTimeException
import java.time.Duration
import java.time.LocalTime

/**
 * What `twitchactors.archiver` says.
 *
 * @param at from which time of the next day (UTC) on a day is archived
 * @param nightly whether days are archived without being asked for
 * @param lookEvery how often is looked for such days
 * @param retryAfter how long a day that could not be archived is left alone at first
 */
class ArchiverSettings(
    val at: LocalTime = LocalTime.of(2, 0),
    val nightly: Boolean = true,
    val lookEvery: Duration = Duration.ofSeconds(5),
    val retryAfter: Duration = Duration.ofSeconds(10),
) {
    companion object {
        private val WAITS = Duration.ofMillis(10)..Duration.ofHours(1)

        /** Reads the section `twitchactors.archiver` of [config]; throws [BadInput] naming the key that is wrong. */
        fun from(config: Config): ArchiverSettings = try {
            val archiver = config.getConfig("twitchactors.archiver")
            ArchiverSettings(
                at = time(archiver.getString("at")),
                nightly = archiver.getBoolean("nightly"),
                lookEvery = wait(archiver, "look-every"),
                retryAfter = wait(archiver, "retry-after"),
            )
        } catch (wrong: ConfigException) {
            throw BadInput("configuration: ${wrong.message}", wrong)
        }

        private fun time(text: String): LocalTime = try {
            LocalTime.parse(text)
        } catch (_: DateTimeException) {
            throw BadInput("twitchactors.archiver.at is '$text': write a time of day as 02:00")
        }

        private fun wait(archiver: Config, key: String): Duration = archiver.getDuration(key).also {
            if (it !in WAITS) throw BadInput("twitchactors.archiver.$key is $it: possible is ${WAITS.start} to ${WAITS.endInclusive}")
        }
    }
}
