package twitchactors.archiver

import com.typesafe.config.Config
import com.typesafe.config.ConfigException
import twitchactors.domain.BadInput
import java.time.Duration

/**
 * What `twitchactors.retention` says: how long each kind of data is kept, counted from when it came in; null: for ever.
 *
 * @param lookEvery how often is looked for what is old enough
 * @param sampleHeads what samples say besides names
 * @param viewerDays days by viewer, in both databases
 * @param viewers what documents of viewers hold of a day; not shorter than [viewerDays]
 * @param supersededSeals seals that gave way and were not published to the end
 * @param archives archived days
 * @param sampleFiles sample files that are in no archive
 * @param damagedFiles sample files that were put aside
 * @param csv CSV files of past days
 * @param audit lines of the audit trail
 */
class RetentionSettings(
    val lookEvery: Duration = Duration.ofHours(1),
    val sampleHeads: Duration? = Duration.ofDays(35),
    val viewerDays: Duration? = Duration.ofDays(400),
    val viewers: Duration? = Duration.ofDays(400),
    val supersededSeals: Duration? = Duration.ofDays(30),
    val archives: Duration? = Duration.ofDays(400),
    val sampleFiles: Duration? = Duration.ofDays(400),
    val damagedFiles: Duration? = Duration.ofDays(30),
    val csv: Duration? = Duration.ofDays(90),
    val audit: Duration? = Duration.ofDays(730),
) {
    companion object {
        private const val FOR_EVER = "infinite"
        private val LOOKS = Duration.ofMillis(10)..Duration.ofDays(1)

        /** Reads the section `twitchactors.retention` of [config]; throws [BadInput] naming the key that is wrong. */
        fun from(config: Config): RetentionSettings = try {
            val retention = config.getConfig("twitchactors.retention")
            RetentionSettings(
                lookEvery = retention.getDuration("look-every").also {
                    if (it !in LOOKS) bad("look-every", "$it", "${LOOKS.start} to ${LOOKS.endInclusive}")
                },
                sampleHeads = kept(retention, "sample-heads"),
                viewerDays = kept(retention, "viewer-days"),
                viewers = viewers(retention),
                supersededSeals = kept(retention, "superseded-seals"),
                archives = kept(retention, "archives"),
                sampleFiles = kept(retention, "sample-files"),
                damagedFiles = kept(retention, "damaged-files"),
                csv = kept(retention, "csv"),
                audit = kept(retention, "audit"),
            )
        } catch (wrong: ConfigException) {
            throw BadInput("configuration: ${wrong.message}", wrong)
        }

        private fun kept(retention: Config, key: String): Duration? {
            if (retention.getString(key) == FOR_EVER) return null
            return retention.getDuration(key).also { if (it < Duration.ofDays(1)) bad(key, "$it", "one day or more, or $FOR_EVER") }
        }

        /** Not shorter than viewer-days: what is still sealed would be taken in again. */
        private fun viewers(retention: Config): Duration? {
            val (days, viewers) = kept(retention, "viewer-days") to kept(retention, "viewers")
            if (viewers != null && (days == null || viewers < days)) {
                bad("viewers", "$viewers", "what viewer-days is, $FOR_EVER if need be, or more")
            }
            return viewers
        }

        private fun bad(key: String, value: String, possible: String): Nothing =
            throw BadInput("twitchactors.retention.$key is $value: possible is $possible")
    }
}
