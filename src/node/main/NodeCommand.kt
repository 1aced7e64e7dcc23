package twitchactors.node

import com.github.ajalt.clikt.core.Context
import com.github.ajalt.clikt.core.CoreCliktCommand
import com.github.ajalt.clikt.parameters.options.default
import com.github.ajalt.clikt.parameters.options.option
import java.nio.file.Path
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit

/** `node`: one node of the pipeline, until it is asked to end. */
class NodeCommand : CoreCliktCommand(name = "node") {
    private val data by option("--data", metavar = "DIR", help = "the data folder (default data)").default("data")
    private val roles by option(
        "--roles",
        metavar = "ROLES",
        help = "what it does: some of ${NodeRole.entries.joinToString(",") { it.word }} (default all)",
    )

    override fun help(context: Context) = """
        Runs one node of the pipeline until it is asked to end (Ctrl-C, or `pbm cluster leave`).

        On services of its own below the data folder, or on those that --config FILE or the environment name, as one node of a cluster: TWITCHACTORS_KAFKA_BOOTSTRAP_SERVERS, TWITCHACTORS_MARIADB_URL, TWITCHACTORS_MONGO_URI. TWITCHACTORS_CLUSTER_JOIN names nodes to join, by commas; the one named first begins the cluster. All nodes of a cluster need the same suppression.key in their data folders. docs/operator tells how to run a cluster.

        Examples:
          twitchactors node --data /srv/twitchactors
          twitchactors node --config /etc/twitchactors/node.conf --roles collect,ingest,profile
          TWITCHACTORS_CLUSTER_JOIN=pekko://twitchactors@10.0.0.1:25520 twitchactors node
    """.trimIndent()

    override fun run() {
        Running.start(Path.of(data), roles?.let { NodeRole.parse(it) } ?: Configuration.wantedRoles()).use { running ->
            OpsPart.start(running)
            if (NodeRole.WEB in running.configuration.roles) openPages(running)
            var said: PipelineNode? = null
            while (!running.hasLeft) {
                running.tend()
                val node = running.node
                if (node != null && node != said) System.err.println("node ${node.system.address()}")
                said = node
                CountDownLatch(1).await(LOOK_EVERY_S, TimeUnit.SECONDS)
            }
        }
    }

    /** A log is no place for a password: it stays in its file. */
    private fun openPages(running: Running) {
        val pages = OpenPages.start(running, PageAccounts(running.configuration.data), port = null)
        pages.accounts.admin()
        pages.tellReady()
    }

    private companion object {
        const val LOOK_EVERY_S = 1L
    }
}
