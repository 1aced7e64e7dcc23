package twitchactors.recording

import com.typesafe.config.Config
import com.typesafe.config.ConfigException
import twitchactors.domain.BadInput
import java.time.Duration

/**
 * What `twitchactors.recording` says.
 *
 * @param grace how far beyond a slot's end every partition has to be before the slot's file is written
 * @param quiet what comes later for a slot is written when nothing more has come for it for so long
 * @param memory bytes of samples that wait for their files, at most; with more of them all are written
 * @param lookEvery how often is looked for slots that can be written
 * @param retryAfter how long to wait before something is tried again that has failed
 * @param replays whether samples of recorded files are written too
 */
class RecordingSettings(
    val grace: Duration = Duration.ofMinutes(2),
    val quiet: Duration = Duration.ofMinutes(1),
    val memory: Long = 64L shl 20,
    val lookEvery: Duration = Duration.ofSeconds(1),
    val retryAfter: Duration = Duration.ofSeconds(5),
    val replays: Boolean = true,
) {
    companion object {
        private val MEMORY = (1L shl 20)..(1L shl 30)
        private val WAITS = Duration.ofMillis(10)..Duration.ofDays(1)
        private val NO_TIME_TO_A_DAY = Duration.ZERO..Duration.ofDays(1)

        /** Reads the section `twitchactors.recording` of [config]; throws [BadInput] naming the key that is wrong. */
        fun from(config: Config): RecordingSettings = try {
            read(config.getConfig("twitchactors.recording"))
        } catch (wrong: ConfigException) {
            throw BadInput("configuration: ${wrong.message}", wrong)
        }

        private fun read(recording: Config) = RecordingSettings(
            grace = duration(recording, "grace", NO_TIME_TO_A_DAY),
            quiet = duration(recording, "quiet", NO_TIME_TO_A_DAY),
            memory = recording.getBytes("memory").also {
                if (it !in MEMORY) bad("memory", "$it bytes", "1 MiB to 1 GiB")
            },
            lookEvery = duration(recording, "look-every", WAITS),
            retryAfter = duration(recording, "retry-after", WAITS),
            replays = recording.getBoolean("replays"),
        )

        private fun duration(recording: Config, key: String, possible: ClosedRange<Duration>): Duration = recording.getDuration(key).also {
            if (it !in possible) bad(key, "$it", "${possible.start} to ${possible.endInclusive}")
        }

        private fun bad(key: String, value: String, possible: String): Nothing =
            throw BadInput("twitchactors.recording.$key is $value: possible is $possible")
    }
}
