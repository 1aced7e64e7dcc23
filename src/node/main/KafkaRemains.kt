package twitchactors.node

import org.apache.kafka.clients.admin.Admin
import org.apache.kafka.common.config.ConfigResource
import org.apache.kafka.common.config.TopicConfig
import twitchactors.services.KafkaEndpoint
import twitchactors.topics.TopicNames
import java.time.Duration
import java.time.Instant
import java.util.concurrent.TimeUnit

/** How long what Kafka has now stays there: records of a topic are not removed one by one, they go with their age. */
object KafkaRemains {
    private val TOPICS = listOf(TopicNames.SAMPLES, TopicNames.SIGHTINGS, TopicNames.DEAD_LETTERS)
    private const val ANSWER_SECONDS = 30L

    /**
     * A line for each topic that viewers' logins are in, by the topic's own settings as Kafka has them. A segment that is being
     * written is closed by its age, and goes when its last record is old enough.
     */
    fun lines(kafka: KafkaEndpoint, now: Instant = Instant.now()): List<String> = Admin.create(kafka.clientProperties).use { admin ->
        val resources = TOPICS.map { ConfigResource(ConfigResource.Type.TOPIC, it) }
        val found = admin.describeConfigs(resources).all().get(ANSWER_SECONDS, TimeUnit.SECONDS)
        resources.map { resource ->
            val config = found.getValue(resource)
            val keeps = config.get(TopicConfig.RETENTION_MS_CONFIG).value().toLong()
            val segment = config.get(TopicConfig.SEGMENT_MS_CONFIG).value().toLong()
            if (keeps < 0) {
                "${resource.name()}: kept for ever (retention.ms is $keeps)"
            } else {
                "${resource.name()}: gone by ${now.plusMillis(keeps).plusMillis(segment).toString().take(MINUTES)}Z " +
                    "(kept for ${shown(keeps)} from its arrival, and until its segment is closed, at most ${shown(segment)})"
            }
        }
    }

    private fun shown(millis: Long): String = Duration.ofMillis(millis).let {
        if (it.toDays() > 0 && it.toHours() % 24 == 0L) "${it.toDays()} d" else it.toString().removePrefix("PT").lowercase()
    }

    /** Of an instant as text, up to its minutes. */
    private const val MINUTES = 16
}
