package twitchactors.cluster

import twitchactors.pipeline.Program
import java.io.IOException
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse.BodyHandlers
import java.nio.file.Path
import java.time.Duration
import kotlin.io.path.readText

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

    /** What its next process is started from. */
    var distribution: Distribution = Unpacked.SOURCES

    /** Its process, the last one. */
    val program: Program get() = checkNotNull(started) { "$this was never started" }

    /** When its process was started, by System.nanoTime. */
    var since = 0L
        private set

    /** How often it has said that it works in the cluster: once after its start, and again each time it came back. */
    val entries: Int get() = ENTRY.findAll(program.news).count()

    /** Its address in the cluster, by its own words. */
    val address: String get() = checkNotNull(ENTRY.find(program.news)) { "$this never worked" }.groupValues[1]

    /** How often it has said that the others shut it out. */
    val shutOut: Int get() = SHUT_OUT.findAll(program.news).count()

    /** How often it has decided that somebody is to be shut out, as it does when a node is lost and not when one leaves. */
    val decisions: Int get() = DECISION.findAll(program.news).count()

    /** The partitions that it has claimed, by its own words, each with its last fence. */
    val claims: Map<Int, Long> get() = CLAIM.findAll(program.news).associate { it.groupValues[1].toInt() to it.groupValues[2].toLong() }

    /** host:port that it answers pbm at. */
    val ops: String get() = data.resolve("pbm.address").readText().trim()

    /** Whether it says that it can do its work; false when it says nothing, as after its process has ended and taken its address away. */
    val isReady: Boolean
        get() = try {
            val asked = HttpRequest.newBuilder(URI.create("http://$ops/health/ready")).timeout(PATIENCE).build()
            http.send(asked, BodyHandlers.discarding()).statusCode() == 200
        } catch (_: IOException) {
            false
        }

    /** Its metric [name], which has no labels, as Prometheus would read it; null while it does not answer. */
    fun metric(name: String): Double? {
        val said = try {
            val asked = HttpRequest.newBuilder(URI.create("http://$ops/metrics")).timeout(PATIENCE).build()
            http.send(asked, BodyHandlers.ofString())
        } catch (_: IOException) {
            return null
        }
        return said.body().lines().single { it.startsWith("$name ") }.substringAfter(' ').toDouble()
    }

    /** Starts a process, while there is none. */
    fun start() {
        check(started?.alive != true) { "$this runs already" }
        started?.close()
        started = distribution.start(data, roles, environment, within)
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
        val http: HttpClient = HttpClient.newHttpClient()
        val PATIENCE: Duration = Duration.ofSeconds(10)
        val SHUT_OUT = Regex("^this node did not answer the others for too long", RegexOption.MULTILINE)
        val DECISION = Regex("SBR took decision")
        val ENTRY = Regex("^node (pekko\\S+)", RegexOption.MULTILINE)
        val CLAIM = Regex("partition ([0-9]+) is here: fence ([0-9]+)")
    }
}
