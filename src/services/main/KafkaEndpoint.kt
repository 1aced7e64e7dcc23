package twitchactors.services

import org.apache.kafka.clients.CommonClientConfigs

/**
 * Where Kafka is. [properties] are the further settings that every client of this cluster needs (security); they may hold
 * secrets, so this type does not print them.
 *
 * @param replication copies of each partition for topics that we create
 * @param createTopics false: topics are only checked
 */
class KafkaEndpoint(
    val bootstrapServers: String,
    val properties: Map<String, String> = emptyMap(),
    val replication: Short = 1,
    val createTopics: Boolean = true,
) {
    /** What to hand to a producer, consumer or admin client, besides its own settings. */
    val clientProperties: Map<String, String>
        get() = properties + (CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG to bootstrapServers)

    override fun toString(): String = "Kafka at $bootstrapServers"
}
