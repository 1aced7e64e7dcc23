package twitchactors.sweeps

import com.typesafe.config.Config
import com.typesafe.config.ConfigException
import twitchactors.domain.BadInput
import java.time.Duration

/**
 * What `twitchactors.sweeps` says.
 *
 * @param enabled whether anything is swept at all
 * @param source who is asked
 * @param categories how many categories a sweep asks for, those with the most viewers
 * @param categoriesEvery from the start of a sweep of categories to that of the next
 * @param streamsSummed streams that are asked for per category, to sum up its viewers
 * @param categoryTags tags that a category is given at most
 * @param streamsPerCategory streams that are asked for per category, to have a row each
 * @param streamsEvery from the start of a sweep of streams to that of the next
 * @param parallelism categories that are asked for at the same time
 * @param csv whether rows are appended to CSV files
 * @param batchRows rows that are written to MariaDB together, at most
 * @param batchWithin how long a row waits for others to be written with
 * @param rollUpEvery how often hours and days are brought up to date
 * @param keepRows how long rows of single sweeps are kept, from their arrival in Kafka
 */
data class SweepsSettings(
    val enabled: Boolean = true,
    val source: SweepSource = SweepSource.HELIX,
    val categories: Int = 30,
    val categoriesEvery: Duration = Duration.ofMinutes(30),
    val streamsSummed: Int = 500,
    val categoryTags: Int = 5,
    val streamsPerCategory: Int = 100,
    val streamsEvery: Duration = Duration.ofMinutes(1),
    val parallelism: Int = 4,
    val csv: Boolean = true,
    val batchRows: Int = 2000,
    val batchWithin: Duration = Duration.ofMillis(200),
    val rollUpEvery: Duration = Duration.ofMinutes(1),
    val keepRows: Duration = Duration.ofDays(14),
) {
    companion object {
        private const val SECTION = "twitchactors.sweeps"
        private const val MOST_STREAMS = 10_000
        private val SECOND: Duration = Duration.ofSeconds(1)
        private val DAY: Duration = Duration.ofDays(1)
        private val LONGEST: Duration = Duration.ofDays(3650)

        /** Reads the section `twitchactors.sweeps` of [config]; throws [BadInput] naming the key that is wrong. */
        fun from(config: Config): SweepsSettings = try {
            read(config.getConfig(SECTION))
        } catch (wrong: ConfigException) {
            throw BadInput("configuration: ${wrong.message}", wrong)
        }

        private fun read(sweeps: Config) = SweepsSettings(
            enabled = sweeps.getBoolean("enabled"),
            source = source(sweeps.getString("source")),
            categories = number(sweeps, "categories", 1..1000),
            categoriesEvery = duration(sweeps, "categories-every", SECOND, DAY),
            streamsSummed = number(sweeps, "streams-summed", 1..MOST_STREAMS),
            categoryTags = number(sweeps, "category-tags", 0..50),
            streamsPerCategory = number(sweeps, "streams-per-category", 1..MOST_STREAMS),
            streamsEvery = duration(sweeps, "streams-every", SECOND, DAY),
            parallelism = number(sweeps, "parallelism", 1..100),
            csv = sweeps.getBoolean("csv"),
            batchRows = number(sweeps, "batch-rows", 1..100_000),
            batchWithin = duration(sweeps, "batch-within", Duration.ofMillis(1), Duration.ofMinutes(1)),
            rollUpEvery = duration(sweeps, "roll-up-every", Duration.ofMillis(100), DAY),
            keepRows = duration(sweeps, "keep-rows", DAY, LONGEST),
        )

        private fun source(word: String): SweepSource =
            SweepSource.entries.find { it.word == word } ?: bad("source", word, SweepSource.entries.joinToString(" or ") { it.word })

        private fun number(sweeps: Config, key: String, possible: IntRange): Int = sweeps.getInt(key).also {
            if (it !in possible) bad(key, "$it", "${possible.first} to ${possible.last}")
        }

        private fun duration(sweeps: Config, key: String, least: Duration, most: Duration): Duration = sweeps.getDuration(key).also {
            if (it < least || it > most) bad(key, "$it", "$least to $most")
        }

        private fun bad(key: String, value: String, possible: String): Nothing =
            throw BadInput("$SECTION.$key is $value: possible is $possible")
    }
}
