package twitchactors.collect

import com.typesafe.config.ConfigFactory
import com.zaxxer.hikari.HikariDataSource
import org.apache.kafka.clients.consumer.KafkaConsumer
import org.apache.kafka.common.TopicPartition
import org.apache.kafka.common.serialization.ByteArrayDeserializer
import org.apache.pekko.actor.BootstrapSetup
import org.apache.pekko.actor.setup.ActorSystemSetup
import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.actor.typed.javadsl.Behaviors
import org.apache.pekko.cluster.MemberStatus
import org.apache.pekko.cluster.typed.Cluster
import org.apache.pekko.cluster.typed.Join
import org.junit.jupiter.api.extension.ExtensionContext
import org.junit.jupiter.api.extension.ParameterContext
import org.junit.jupiter.api.extension.ParameterResolver
import twitchactors.days.JournalDatabase
import twitchactors.services.Databases
import twitchactors.services.Schema
import twitchactors.services.ServiceSettings
import twitchactors.services.Services
import twitchactors.services.Topics
import twitchactors.topics.SampleCodec
import twitchactors.topics.TopicSettings
import twitchactors.topics.wire.SampleRecord
import java.nio.file.Path
import java.time.Duration
import java.util.UUID
import java.util.concurrent.CompletableFuture
import java.util.concurrent.TimeUnit

/** The real Kafka and MariaDB, started once for all test classes that ask for [Started]. */
class TestServices : ParameterResolver {
    class Started(val services: Services) : AutoCloseable {
        val dataSource: HikariDataSource = Databases.pool(services.mariaDb, "collect-tests", 8)

        init {
            Schema.migrate(dataSource)
        }

        /** Nothing was ever collected: neither a roster nor a day. */
        fun forget() = dataSource.connection.use { it.createStatement().use { all -> all.execute("DELETE FROM event_journal") } }

        fun newTopic(topics: TopicSettings): String = "samples-${UUID.randomUUID()}".also { name ->
            Topics.ensure(services.kafka, listOf(topics.specs.first().copy(name = name)))
        }

        /** A node as the program has them, in a cluster of its own. */
        fun node(): ActorSystem<Void> {
            val setup = ActorSystemSetup.create(BootstrapSetup.create(ConfigFactory.load("collect-node")), JournalDatabase(dataSource))
            val system = ActorSystem.create(Behaviors.empty<Void>(), "collect", setup)
            Cluster.get(system).let { it.manager().tell(Join.create(it.selfMember().address())) }
            val deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos()
            while (Cluster.get(system).selfMember().status() != MemberStatus.up()) {
                check(System.nanoTime() < deadline) { "no cluster within a minute" }
                CompletableFuture<Unit>().completeOnTimeout(Unit, 20, TimeUnit.MILLISECONDS).join()
            }
            return system
        }

        /** All of [topic], partition after partition. */
        fun read(topic: String, partitions: Int): List<List<SampleRecord>> =
            KafkaConsumer(services.kafka.clientProperties, ByteArrayDeserializer(), ByteArrayDeserializer()).use { consumer ->
                val all = List(partitions) { TopicPartition(topic, it) }
                val ends = consumer.endOffsets(all)
                consumer.assign(all)
                consumer.seekToBeginning(all)
                val records = List(partitions) { ArrayList<SampleRecord>() }
                while (all.any { consumer.position(it) < ends.getValue(it) }) {
                    consumer.poll(Duration.ofMillis(200)).forEach {
                        records[it.partition()] += SampleCodec.decode(it.headers(), it.value())
                    }
                }
                records
            }

        override fun close() {
            dataSource.close()
            services.close()
        }
    }

    override fun supportsParameter(parameter: ParameterContext, context: ExtensionContext): Boolean =
        parameter.parameter.type == Started::class.java

    override fun resolveParameter(parameter: ParameterContext, context: ExtensionContext): Any =
        context.root.getStore(ExtensionContext.Namespace.GLOBAL).computeIfAbsent(Started::class.java) {
            val home = System.getenv("TWITCHACTORS_MARIADB_HOME")?.let(Path::of)
            val settings = ServiceSettings(mariaDbHome = home, startTimeout = Duration.ofMinutes(3))
            Started(Services.start(settings, Path.of("target/it/data").toAbsolutePath(), System.err::println))
        }
}
