package twitchactors.cluster

import twitchactors.pipeline.Program
import java.nio.file.Path

/**
 * One node of a cluster: it keeps its address and its data folder when its process ends and another one comes.
 *
 * @param number from 1; the first one begins the cluster
 * @param within what its process is started by, as `ip netns exec`
 */
class ClusterNode(
    val number: Int,
    val host: String,
    val data: Path,
    private val roles: String,
    private val environment: Map<String, String>,
    private val within: List<String> = emptyList(),
) : AutoCloseable {
    private var started: Program? = null

    /** Its process, the last one. */
    val program: Program get() = checkNotNull(started) { "$this was never started" }

    /** When its process was started, by System.nanoTime. */
    var since = 0L
        private set

    /** How often it has said that it works in the cluster: once after its start, and again each time it came back. */
    val entries: Int get() = ENTRY.findAll(program.news).count()

    /** The partitions that it has claimed, by its own words, each with its last fence. */
    val claims: Map<Int, Long> get() = CLAIM.findAll(program.news).associate { it.groupValues[1].toInt() to it.groupValues[2].toLong() }

    /** Starts a process, while there is none. */
    fun start() {
        check(started?.alive != true) { "$this runs already" }
        started?.close()
        started = Program.start(listOf("node", "--config", CONFIG, "--data", data, "--roles", roles), environment, within)
        since = System.nanoTime()
    }

    /** Its process ends at once, as by a power failure. */
    fun kill() = program.kill()

    /** Sends its process a [signal]: STOP, CONT, TERM. */
    fun signal(signal: String) = program.signal(signal)

    override fun close() {
        started?.close()
    }

    override fun toString() = "node $number"

    private companion object {
        val CONFIG: Path = Program.root.resolve("hocon/deployments/three-local.conf")
        val ENTRY = Regex("^node pekko", RegexOption.MULTILINE)
        val CLAIM = Regex("partition ([0-9]+) is here: fence ([0-9]+)")
    }
}
