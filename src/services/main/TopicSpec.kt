package twitchactors.services

import org.apache.kafka.common.config.TopicConfig
import java.time.Duration

/**
 * A topic as it has to be. Record time is always append time, so that the replay of an old day is not deleted at once.
 *
 * @param retention from a record's append until it may be deleted; null: kept for ever
 * @param settings further topic settings of Kafka, by their names there
 */
data class TopicSpec(val name: String, val partitions: Int, val retention: Duration?, val settings: Map<String, String> = emptyMap()) {
    internal val configs: Map<String, String>
        get() = settings + mapOf(
            TopicConfig.RETENTION_MS_CONFIG to (retention?.toMillis() ?: -1).toString(),
            TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG to "LogAppendTime",
        )
}
