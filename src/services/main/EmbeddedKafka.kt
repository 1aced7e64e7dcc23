package twitchactors.services

import kafka.server.KafkaConfig
import kafka.server.KafkaRaftServer
import org.apache.kafka.common.Uuid
import org.apache.kafka.common.utils.Exit
import org.apache.kafka.common.utils.Time
import org.apache.kafka.metadata.storage.Formatter
import java.io.OutputStream
import java.io.PrintStream
import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration

/**
 * A real Kafka broker (KRaft, one node) inside this process, its log on disk in one folder. A killed process loses nothing
 * that was acknowledged: what was written is in the operating system's cache, and the next start recovers the log.
 */
internal class EmbeddedKafka private constructor(val port: Int, private val server: KafkaRaftServer) : AutoCloseable {
    val endpoint = KafkaEndpoint("127.0.0.1:$port")

    /** Why the broker ended itself (a full or broken disk); null while it did not. */
    val failure: String? get() = fatal

    /** Closes the log cleanly and syncs it, so that the next start has nothing to recover. */
    override fun close() {
        server.shutdown()
        server.awaitShutdown()
    }

    companion object {
        private const val NODE = 1
        private const val ATTEMPTS = 3

        @Volatile
        private var fatal: String? = null

        /** Ready to serve when this returns. [directory] is made when it is absent. */
        fun start(directory: Path, ports: Ports, timeout: Duration): EmbeddedKafka {
            Files.createDirectories(directory)
            surviveBroker()
            var attempt = 1
            while (true) {
                fatal = null
                val port = ports.choose("kafka")
                val controllerPort = ports.choose("kafka-controller")
                val config = KafkaConfig(settings(directory, port, controllerPort, timeout), false)
                if (Files.notExists(directory.resolve("meta.properties"))) format(directory)
                val server = KafkaRaftServer(config, Time.SYSTEM)
                try {
                    server.startup()
                    return EmbeddedKafka(port, server)
                } catch (failure: Exception) {
                    runCatching { server.shutdown() }
                    // Somebody else took a port between the choice and the bind: the next round chooses another.
                    if (attempt++ == ATTEMPTS || (Ports.isFree(port) && Ports.isFree(controllerPort))) throw failure
                }
            }
        }

        /** A broker in trouble ends its process; here that would be ours. It gets an error instead, and is reported as down. */
        private fun surviveBroker() {
            val stop = Exit.Procedure { code, message ->
                fatal = "the broker gave up (status $code${message?.let { ", $it" }.orEmpty()})"
                throw IllegalStateException(fatal)
            }
            Exit.setExitProcedure(stop)
            Exit.setHaltProcedure(stop)
        }

        private fun format(directory: Path) {
            Formatter()
                .setPrintStream(PrintStream(OutputStream.nullOutputStream()))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(NODE)
                .setDirectories(listOf(directory.toString()))
                .setMetadataLogDirectory(directory.toString())
                .setControllerListenerName("CONTROLLER")
                .run()
        }

        /** One user, one machine: few threads, small buffers, no copies. */
        private fun settings(directory: Path, port: Int, controllerPort: Int, timeout: Duration): Map<String, String> = mapOf(
            "process.roles" to "broker,controller",
            "node.id" to "$NODE",
            "controller.quorum.voters" to "$NODE@127.0.0.1:$controllerPort",
            "listeners" to "PLAINTEXT://127.0.0.1:$port,CONTROLLER://127.0.0.1:$controllerPort",
            "advertised.listeners" to "PLAINTEXT://127.0.0.1:$port",
            "listener.security.protocol.map" to "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "controller.listener.names" to "CONTROLLER",
            "inter.broker.listener.name" to "PLAINTEXT",
            "log.dirs" to directory.toString(),
            "server.max.startup.time.ms" to timeout.toMillis().toString(),
            // A killed broker may register again only when its old session has run out, so this is a part of every recovery.
            "broker.session.timeout.ms" to "3000",
            "broker.heartbeat.interval.ms" to "500",
            // The only voter waits this long at each restart before it elects itself.
            "controller.quorum.election.timeout.ms" to "200",
            "controller.quorum.election.backoff.max.ms" to "200",
            "auto.create.topics.enable" to "false",
            "log.message.timestamp.type" to "LogAppendTime",
            "default.replication.factor" to "1",
            "min.insync.replicas" to "1",
            "offsets.topic.replication.factor" to "1",
            "offsets.topic.num.partitions" to "4",
            "transaction.state.log.replication.factor" to "1",
            "transaction.state.log.min.isr" to "1",
            "transaction.state.log.num.partitions" to "4",
            "share.coordinator.state.topic.replication.factor" to "1",
            "share.coordinator.state.topic.min.isr" to "1",
            "share.coordinator.state.topic.num.partitions" to "1",
            "group.initial.rebalance.delay.ms" to "0",
            "num.network.threads" to "2",
            "num.io.threads" to "2",
            "num.replica.fetchers" to "1",
            "num.recovery.threads.per.data.dir" to "2",
            "background.threads" to "2",
            "log.segment.bytes" to "${64 shl 20}",
            "log.index.size.max.bytes" to "${1 shl 20}",
            // Kafka's default of 128 MB is allocated at once; our compacted topics are small.
            "log.cleaner.dedupe.buffer.size" to "${4 shl 20}",
            "metadata.log.max.record.bytes.between.snapshots" to "${4 shl 20}",
            "metadata.max.retention.bytes" to "${16 shl 20}",
            "metadata.log.segment.bytes" to "${8 shl 20}",
        )
    }
}
