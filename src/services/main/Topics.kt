package twitchactors.services

import org.apache.kafka.clients.admin.Admin
import org.apache.kafka.clients.admin.AdminClientConfig
import org.apache.kafka.clients.admin.NewTopic
import org.apache.kafka.clients.admin.TopicDescription
import org.apache.kafka.common.config.ConfigResource
import org.apache.kafka.common.errors.AuthorizationException
import org.apache.kafka.common.errors.InvalidReplicationFactorException
import org.apache.kafka.common.errors.PolicyViolationException
import org.apache.kafka.common.errors.TopicExistsException
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException
import twitchactors.domain.BadInput
import java.time.Duration
import java.util.concurrent.ExecutionException

/** Makes the topics, or checks them where they are already there or where making them is forbidden. */
object Topics {
    private const val TIMEOUT_MS = 30_000
    private val KNOWN_WITHIN: Duration = Duration.ofSeconds(20)

    /**
     * After this every topic of [specs] exists with the partitions it says. Returns remarks, one line each, on topics whose
     * other settings differ from the wanted ones; those are left as they are.
     *
     * @throws BadInput when a topic has another number of partitions, or the cluster too few brokers for the replication
     * @throws ServiceUnavailable when Kafka does not answer, or a topic is missing and must not be made by us
     */
    fun ensure(kafka: KafkaEndpoint, specs: List<TopicSpec>): List<String> {
        val properties = kafka.clientProperties +
            mapOf(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG to "$TIMEOUT_MS", AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG to "10000")
        return Admin.create(properties).use { admin ->
            val missing = specs - existing(admin, kafka, specs).keys
            val refusals = if (kafka.createTopics) create(admin, kafka, missing) else emptyMap()
            var found = existing(admin, kafka, specs)
            // The controller has answered, but the brokers learn of a new topic a little later.
            if (kafka.createTopics) {
                Deadline.after(KNOWN_WITHIN).await {
                    found = existing(admin, kafka, specs)
                    specs.all { it in found || it in refusals }
                }
            }
            for (spec in specs) {
                val description = found[spec] ?: throw missing(kafka, spec, refusals[spec])
                check(spec, description)
            }
            remarks(admin, specs)
        }
    }

    private fun existing(admin: Admin, kafka: KafkaEndpoint, specs: List<TopicSpec>): Map<TopicSpec, TopicDescription> {
        val answers = admin.describeTopics(specs.map { it.name }).topicNameValues()
        return specs.mapNotNull { spec ->
            try {
                spec to answers.getValue(spec.name).get()
            } catch (failure: ExecutionException) {
                if (failure.cause !is UnknownTopicOrPartitionException) throw silent(kafka, spec, failure)
                null
            }
        }.toMap()
    }

    /** Makes [specs]; returns why not for those that the cluster does not let us make. */
    private fun create(admin: Admin, kafka: KafkaEndpoint, specs: List<TopicSpec>): Map<TopicSpec, String> {
        val new = specs.map { NewTopic(it.name, it.partitions, kafka.replication).configs(it.configs) }
        val answers = admin.createTopics(new).values()
        return specs.mapNotNull { spec ->
            try {
                answers.getValue(spec.name).get()
                null
            } catch (failure: ExecutionException) {
                when (val cause = failure.cause) {
                    is TopicExistsException -> null
                    is AuthorizationException, is PolicyViolationException -> spec to cause.message.orEmpty()
                    is InvalidReplicationFactorException -> throw BadInput(
                        "topic ${spec.name} cannot be made with ${kafka.replication} copies: ${cause.message}; " +
                            "set twitchactors.services.kafka.replication to at most the number of brokers",
                        failure,
                    )
                    else -> throw silent(kafka, spec, failure)
                }
            }
        }.toMap()
    }

    private fun check(spec: TopicSpec, found: TopicDescription) {
        val partitions = found.partitions().size
        if (partitions != spec.partitions) {
            throw BadInput(
                "topic ${spec.name} has $partitions partitions, ${spec.partitions} are configured; the number is fixed at the first " +
                    "start of a data folder or cluster: configure $partitions, or use another data folder or cluster",
            )
        }
    }

    private fun remarks(admin: Admin, specs: List<TopicSpec>): List<String> {
        val answers = admin.describeConfigs(specs.map { ConfigResource(ConfigResource.Type.TOPIC, it.name) }).values()
        return specs.flatMap { spec ->
            val found = try {
                answers.getValue(ConfigResource(ConfigResource.Type.TOPIC, spec.name)).get()
            } catch (failure: ExecutionException) {
                return@flatMap listOf("topic ${spec.name}: its settings cannot be read (${failure.cause?.message})")
            }
            spec.configs.filter { (name, wanted) -> found.get(name)?.value() != wanted }
                .map { (name, wanted) -> "topic ${spec.name} has $name=${found.get(name)?.value()}, wanted is $wanted" }
        }
    }

    private fun missing(kafka: KafkaEndpoint, spec: TopicSpec, refusal: String?): ServiceUnavailable {
        val why = refusal?.let { "may not be made by us ($it)" } ?: "is missing and twitchactors.services.kafka.create-topics is off"
        val configs = spec.configs.entries.joinToString("") { " --config ${it.key}=${it.value}" }
        return ServiceUnavailable(
            "$kafka: topic ${spec.name} $why; make it: kafka-topics.sh --create --topic ${spec.name} " +
                "--partitions ${spec.partitions} --replication-factor ${kafka.replication}$configs",
        )
    }

    private fun silent(kafka: KafkaEndpoint, spec: TopicSpec, failure: ExecutionException) =
        ServiceUnavailable("$kafka does not answer about topic ${spec.name}: ${failure.cause?.message}; check that it runs", failure)
}
