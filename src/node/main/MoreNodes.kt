package twitchactors.node

import java.lang.management.ManagementFactory
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption.REPLACE_EXISTING
import java.util.concurrent.TimeUnit

/** More nodes of a demo: processes with data folders of their own below its data folder, on its services and its simulated Twitch. */
internal object MoreNodes {
    private const val END_SECONDS = 30L

    /** Starts [count] nodes, which end before the services of [running] do. Their words are in `node-N/node.log`. */
    fun start(running: Running, twitch: String, count: Int) {
        val node = running.node ?: return
        val nodes = (2..count + 1).map { number ->
            val folder = Files.createDirectories(running.configuration.data.resolve("node-$number"))
            // Under another key everybody who has opted out would be let in.
            for (key in KEYS) {
                val file = running.configuration.data.resolve(key)
                if (Files.exists(file)) Files.copy(file, folder.resolve(key), REPLACE_EXISTING)
            }
            start(folder, environment(running, node) + ("TWITCHACTORS_SIMULATION_TWITCH" to twitch))
        }
        running.services.beforeStop { end(nodes) }
        if (count > 0) System.err.println("${count + 1} nodes")
    }

    private fun start(folder: Path, environment: Map<String, String>): Process {
        val self = ProcessHandle.current().info()
        val java = self.command().orElse("java")
        val options = ManagementFactory.getRuntimeMXBean().inputArguments
        val path = System.getProperty("java.class.path")
        val builder = ProcessBuilder(listOf(java) + options + listOf("-cp", path, MAIN, "node", "--data", "$folder"))
        builder.environment() += environment
        val log = folder.resolve("node.log").toFile()
        return builder.redirectInput(
            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()),
        ).redirectErrorStream(true).redirectOutput(log).start()
    }

    /** Secrets go by the environment, which other users cannot read. */
    private fun environment(running: Running, node: PipelineNode): Map<String, String> = with(running.services) {
        mapOf(
            "TWITCHACTORS_KAFKA_BOOTSTRAP_SERVERS" to kafka.bootstrapServers,
            "TWITCHACTORS_MARIADB_URL" to mariaDb.url,
            "TWITCHACTORS_MARIADB_USER" to mariaDb.user,
            "TWITCHACTORS_MARIADB_PASSWORD" to mariaDb.password,
            "TWITCHACTORS_MONGO_URI" to mongo.uri,
            "TWITCHACTORS_CLUSTER_JOIN" to node.address,
            // The pages are the first one's, and so are the files.
            "TWITCHACTORS_CLUSTER_ROLES" to "collect,ingest,profile",
        )
    }

    private fun end(nodes: List<Process>) {
        nodes.forEach { it.destroy() }
        nodes.forEach { if (!it.waitFor(END_SECONDS, TimeUnit.SECONDS)) it.destroyForcibly() }
    }

    private const val MAIN = "twitchactors.node.MainKt"
    private val KEYS = listOf("suppression.key", "tokens.key")
}
