package twitchactors.cluster

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.api.io.TempDir
import twitchactors.pipeline.Pbm
import twitchactors.pipeline.Pbm.Companion.text
import twitchactors.pipeline.Program
import java.io.IOException
import java.math.BigInteger
import java.net.InetAddress
import java.net.InetSocketAddress
import java.net.ServerSocket
import java.net.SocketException
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse.BodyHandlers
import java.nio.file.Path
import java.security.cert.X509Certificate
import java.time.Duration
import javax.net.ssl.HostnameVerifier
import javax.net.ssl.HttpsURLConnection
import javax.net.ssl.SSLContext
import javax.net.ssl.SSLException
import kotlin.io.path.createDirectories
import kotlin.io.path.createDirectory
import kotlin.io.path.readText
import kotlin.io.path.writeBytes
import kotlin.random.Random

/**
 * How nodes come into a cluster. Those that know no address of each other become one by SRV records, and by Kubernetes' list of pods; by
 * nothing else, and never two. Who is in it is asked of Pekko Management, and pbm says the same. All of them speak by mutual TLS alone, to
 * each other as to who asks Management.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EntryIT {
    private lateinit var services: OutsideServices
    private lateinit var certificates: Certificates
    private lateinit var strangers: Certificates

    /** For nodes among themselves, and for Management: free on all addresses of this machine. */
    private val ports = List(2) { ServerSocket(0, 1, InetAddress.getByName("0.0.0.0")) }.onEach { it.close() }.map { it.localPort }

    @BeforeAll
    fun open(@TempDir folder: Path) {
        NameServer.require()
        services = OutsideServices(folder.resolve("services").createDirectory())
        certificates = Certificates(folder.resolve("tls")).apply { node() }
        strangers = Certificates(folder.resolve("other-tls")).apply { node() }
    }

    @AfterAll
    fun close() {
        if (::services.isInitialized) services.close()
    }

    /** A node's process, and where it is. */
    private inner class Node(val number: Int, private val folder: Path, private val environment: Map<String, String>) : AutoCloseable {
        val host = "127.0.0.${number + 1}"
        val name = "node-$number.${NameServer.SERVICE}"
        val address = "pekko://twitchactors@$host:${ports.first()}"
        val management = "$host:${ports.last()}"
        val pbm = Pbm(folder)
        private var started: Program? = null
        val program: Program get() = checkNotNull(started) { "$name was never started" }

        init {
            // Under another key everybody who has opted out would be let in.
            folder.createDirectories().resolve("suppression.key").writeBytes(KEY)
        }

        fun start() {
            started?.close()
            val own = mapOf(
                "TWITCHACTORS_CLUSTER_HOST" to host,
                "TWITCHACTORS_CLUSTER_PORT" to "${ports.first()}",
                "TWITCHACTORS_CLUSTER_DISCOVERY_PORT" to "${ports.last()}",
                "TWITCHACTORS_CLUSTER_TLS_FOLDER" to "${certificates.folder}",
                "TWITCHACTORS_OPS_PORT" to "0",
                "TWITCHACTORS_LOG_LEVEL" to "INFO",
            )
            started = Program.start(listOf("node", "--config", CONFIG, "--data", folder, "--roles", "profile"), own + environment)
        }

        /** The status of each member of its cluster, by Pekko Management; null while that does not answer. */
        fun members(): Map<String, String>? = try {
            val said = Json.parseToJsonElement(asked(certificates.context()).inputStream.reader().readText()).jsonObject
            said.getValue("members").jsonArray.map { it.jsonObject }.associate { it.text("node") to it.text("status").lowercase() }
        } catch (_: IOException) {
            null
        }

        /** Asks Management as one who has [context], whatever name its certificate says; so do nodes. */
        fun asked(context: SSLContext): HttpsURLConnection =
            (URI("https://$management/cluster/members").toURL().openConnection() as HttpsURLConnection).apply {
                sslSocketFactory = context.socketFactory
                hostnameVerifier = HostnameVerifier { _, _ -> true }
            }

        /** The number of the certificate that Management shows just now; null while that does not answer. */
        fun shown(): BigInteger? = try {
            val connection = asked(certificates.context()).apply { connect() }
            (connection.serverCertificates.first() as X509Certificate).serialNumber.also { connection.inputStream.close() }
        } catch (_: IOException) {
            null
        }

        fun until(what: String, condition: () -> Boolean) =
            assertTrue(program.reaches("$name: $what", condition), "$what: $name has ended: ${program.news.takeLast(4000)}")

        override fun close() {
            started?.close()
        }
    }

    private fun up(nodes: List<Node>) = nodes.associate { it.address to "up" }

    private fun place(node: Node) = node.name to InetSocketAddress(node.host, ports.last())

    @Test
    fun `nodes become one cluster by SRV records and by the list of pods, and never two`(@TempDir folder: Path) {
        NameServer(folder.resolve("dns").createDirectory()).use { names ->
            val hosts = List(3) { "127.0.0.${it + 2}" }
            PodList(folder.resolve("pods").createDirectory(), hosts, ports.last()).use { pods ->
                val two = List(2) { named(it + 1, folder, names) }
                val all = two + inPod(3, folder, pods) + named(4, folder, names, required = 1)
                try {
                    meet(names, two)
                    refusesStrangers(two.first())
                    takesRenewedFiles(two)
                    joinsByPods(pods, all.take(3))
                    isLostAndComesBack(all.take(3), lost = all[1])
                    beginsNoOther(names, all)
                } finally {
                    all.forEach { it.close() }
                }
            }
        }
    }

    private fun named(number: Int, folder: Path, names: NameServer, required: Int = 2): Node {
        val discovery = mapOf(
            "TWITCHACTORS_CLUSTER_DISCOVERY_SERVICE" to NameServer.SERVICE,
            "TWITCHACTORS_CLUSTER_DISCOVERY_NAMESERVERS" to names.address,
            "TWITCHACTORS_CLUSTER_DISCOVERY_HOST" to "node-$number.${NameServer.SERVICE}",
            "TWITCHACTORS_CLUSTER_DISCOVERY_REQUIRED_NODES" to "$required",
            "TWITCHACTORS_JAVA_OPTS" to SOON,
        )
        return Node(number, folder.resolve("node-$number"), services.environment + discovery)
    }

    private fun inPod(number: Int, folder: Path, pods: PodList): Node {
        val discovery = mapOf(
            "TWITCHACTORS_CLUSTER_DISCOVERY_METHOD" to "kubernetes",
            "TWITCHACTORS_CLUSTER_DISCOVERY_SERVICE" to PodList.LABEL,
            "TWITCHACTORS_JAVA_OPTS" to "${pods.flags} $SOON",
        )
        return Node(number, folder.resolve("node-$number"), services.environment + pods.environment + discovery)
    }

    private fun meet(names: NameServer, two: List<Node>) {
        names.knows(mapOf(place(two.first())))
        two.forEach { it.start() }
        for (node in two) node.until("Management answers") { node.members() != null }
        val asked = names.questions()
        two.first().until("many questions") { names.questions() > asked + QUESTIONS }
        for (node in two) {
            assertEquals(emptyMap<String, String>(), node.members(), "it has begun a cluster without the other")
            assertFalse(services.hasSeen(node.host))
        }
        names.knows(two.associate(::place))
        for (node in two) node.until("a cluster of two") { node.members() == up(two) }
    }

    /** One who has no certificate, or another authority's, or no TLS at all, is told nothing; one who has may ask at the same time. */
    private fun refusesStrangers(node: Node) {
        val none = assertThrows(IOException::class.java) { node.asked(certificates.context(shows = null)).inputStream }
        assertThrows(IOException::class.java) { node.asked(certificates.context(shows = strangers)).inputStream }
        val plain = HttpRequest.newBuilder(URI("http://${node.management}/cluster/members")).timeout(PATIENCE).build()
        assertThrows(IOException::class.java) { HttpClient.newHttpClient().send(plain, BodyHandlers.ofString()) }
        assertTrue(none is SSLException || none is SocketException, "$none")
        assertEquals(200, node.asked(certificates.context()).responseCode)
    }

    private fun takesRenewedFiles(nodes: List<Node>) {
        val before = certificates.certificate.serialNumber
        for (node in nodes) assertEquals(before, node.shown())
        certificates.node()
        val renewed = certificates.certificate.serialNumber
        assertNotEquals(before, renewed)
        for (node in nodes) node.until("the renewed certificate") { node.shown() == renewed }
    }

    private fun joinsByPods(pods: PodList, three: List<Node>) {
        three.last().start()
        for (node in three) node.until("a cluster of three") { node.members() == up(three) }
        assertTrue(pods.questions.any { "/namespaces/${PodList.NAMESPACE}/pods" in it && PodList.LABEL in it }, "${pods.questions}")
        for (node in three) assertEquals(node.members(), node.pbm.members())
        val version = Regex("<version>(.+?)</version>").find(Program.root.resolve("pom.xml").readText())!!.groupValues[1]
        assertEquals(setOf(version), three.first().pbm.rows("members", "cluster", "show").map { it.text("app_version") }.toSet())
        three.first().until("all viewer partitions") { three.first().pbm.shards().size == RunningCluster.PARTITIONS }
    }

    private fun isLostAndComesBack(three: List<Node>, lost: Node) {
        lost.program.kill()
        val others = three - lost
        for (node in others) node.until("a cluster without the one that was killed") { node.members() == up(others) }
        for (node in others) assertEquals(node.members(), node.pbm.members())
        lost.start()
        for (node in three) node.until("a cluster of three again") { node.members() == up(three) }
    }

    /** By its records it is the only one there is. */
    private fun beginsNoOther(names: NameServer, all: List<Node>) {
        val alone = all.last()
        names.knows(mapOf(place(alone)))
        alone.start()
        alone.until("that it knows better") { "begins no cluster, for " in alone.program.news }
        assertEquals(emptyMap<String, String>(), alone.members())
        assertFalse(services.hasSeen(alone.host))
        names.knows((all - all[2]).associate(::place))
        for (node in all) node.until("one cluster of four") { node.members() == up(all) }
    }

    private companion object {
        val CONFIG: Path = Program.root.resolve("hocon/deployments/dns.conf")
        val KEY = Random(1).nextBytes(32)
        const val QUESTIONS = 8
        val PATIENCE: Duration = Duration.ofMinutes(1)

        /** How soon files are read again that may have been renewed: in minutes elsewhere. */
        const val SOON = "-Dpekko.remote.artery.ssl.rotating-keys-engine.ssl-context-cache-ttl=1s"
    }
}
