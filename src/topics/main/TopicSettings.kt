package twitchactors.topics

import com.typesafe.config.Config
import com.typesafe.config.ConfigException
import org.apache.kafka.common.config.TopicConfig
import twitchactors.domain.BadInput
import twitchactors.domain.Partitions
import twitchactors.services.TopicSpec
import java.time.Duration

/**
 * What `twitchactors.topics` says.
 *
 * @param samplesPartitions partitions of `samples`: so many splitters can work at a time
 * @param partitions viewer partitions: of `sightings`, shards and actors
 * @param retention from the append of a record until it may be deleted, 7 days or more; all topics but those of [tablesRetention]
 * @param tablesRetention the same for `twitch-categories` and `streams`, which become rows of tables
 * @param compression of producers: none, lz4, zstd, gzip or snappy
 * @param inFlight records that a stream has sent and that are not yet acknowledged, at most
 * @param patience how long a producer tries when Kafka does not answer, before its stream fails
 */
class TopicSettings(
    val samplesPartitions: Int = 4,
    val partitions: Partitions = Partitions(16),
    val retention: Duration = MIN_RETENTION,
    val tablesRetention: Duration = MIN_RETENTION,
    val compression: String = "zstd",
    val inFlight: Int = 256,
    val patience: Duration = Duration.ofMinutes(10),
) {
    /** All topics as they have to be. A segment is closed after a day, so that nothing outlives its retention by more than that. */
    val specs: List<TopicSpec>
        get() = listOf(
            TopicSpec(TopicNames.SAMPLES, samplesPartitions, retention, limits(MESSAGE_BYTES)),
            TopicSpec(TopicNames.SIGHTINGS, partitions.count, retention, limits(MESSAGE_BYTES)),
            TopicSpec(TopicNames.DEAD_LETTERS, 1, retention, limits(DEAD_LETTER_BYTES)),
            TopicSpec(TopicNames.CATEGORIES, 1, tablesRetention, limits(MESSAGE_BYTES)),
            TopicSpec(TopicNames.STREAMS, 1, tablesRetention, limits(MESSAGE_BYTES)),
        )

    companion object {
        val MIN_RETENTION: Duration = Duration.ofDays(7)

        /** Kafka's own default, so that brokers that refuse the setting take our records too. */
        const val MESSAGE_BYTES = 1_048_588

        /** A dead letter has headers more than the record that it was. */
        const val DEAD_LETTER_BYTES = 2 * MESSAGE_BYTES

        private val COMPRESSIONS = setOf("none", "lz4", "zstd", "gzip", "snappy")

        /** Reads the section `twitchactors.topics` of [config]; throws [BadInput] naming the key that is wrong. */
        fun from(config: Config): TopicSettings = try {
            read(config.getConfig("twitchactors.topics"))
        } catch (wrong: ConfigException) {
            throw BadInput("configuration: ${wrong.message}", wrong)
        }

        private fun read(topics: Config): TopicSettings = TopicSettings(
            samplesPartitions = number(topics, "samples-partitions", 1..Partitions.MAX),
            partitions = Partitions(number(topics, "viewer-partitions", 1..Partitions.MAX)),
            retention = retention(topics, "retention"),
            tablesRetention = retention(topics, "tables-retention"),
            compression = topics.getString("compression").also {
                if (it !in COMPRESSIONS) bad("compression", "'$it'", COMPRESSIONS.joinToString())
            },
            inFlight = number(topics, "in-flight", 1..100_000),
            patience = topics.getDuration("patience").also {
                if (it < Duration.ofSeconds(1) || it > Duration.ofDays(7)) bad("patience", "$it", "1 s to 7 days")
            },
        )

        private fun number(topics: Config, key: String, possible: IntRange): Int = topics.getInt(key).also {
            if (it !in possible) bad(key, "$it", "${possible.first} to ${possible.last}")
        }

        private fun retention(topics: Config, key: String): Duration = topics.getDuration(key).also {
            if (it < MIN_RETENTION) bad(key, "$it", "7 days or more")
        }

        private fun bad(key: String, value: String, possible: String): Nothing =
            throw BadInput("twitchactors.topics.$key is $value: possible is $possible")

        private fun limits(messageBytes: Int) = mapOf(
            TopicConfig.MAX_MESSAGE_BYTES_CONFIG to "$messageBytes",
            TopicConfig.SEGMENT_MS_CONFIG to "${Duration.ofDays(1).toMillis()}",
        )
    }
}
