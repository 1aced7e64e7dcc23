package twitchactors.node

import com.typesafe.config.ConfigFactory
import org.apache.pekko.actor.BootstrapSetup
import org.apache.pekko.actor.setup.ActorSystemSetup
import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.actor.typed.javadsl.Adapter
import org.apache.pekko.actor.typed.javadsl.Behaviors
import org.apache.pekko.cluster.Cluster
import org.apache.pekko.cluster.MemberStatus
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.net.InetAddress
import java.net.ServerSocket
import java.net.URI
import java.nio.file.Path
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit

/**
 * Nodes that discover each other where there are no certificates: actor systems in this process, and a list of them in the place of a name
 * server. With certificates, and processes, see the tests of a cluster.
 */
class ClusterDiscoveryIT {
    private val hosts = listOf("127.0.0.2", "127.0.0.3")

    /** Of Management: free on all addresses of this machine. */
    private val port = ServerSocket(0, 1, InetAddress.getByName("0.0.0.0")).use { it.localPort }
    private val systems = ArrayList<ActorSystem<Void>>()

    @AfterEach
    fun stop() {
        systems.forEach { it.terminate() }
        systems.forEach { it.whenTerminated.toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS) }
    }

    @Test
    fun `nodes without certificates find each other by HTTP, and tell by it who is in the cluster`(@TempDir data: Path) {
        for (host in hosts) systems += system(host, data).also(ClusterDiscovery::begin)
        val all = systems.map { it.address().toString() }.toSet()
        for (system in systems) until("a cluster of two") { members(system) == all }
        for (host in hosts) {
            val said = URI("http://$host:$port/cluster/members").toURL().readText()
            assertEquals(all, Regex("\"node\":\"([^\"]+)\"").findAll(said).map { it.groupValues[1] }.toSet(), said)
        }
    }

    private fun system(host: String, data: Path): ActorSystem<Void> {
        val settings = mapOf(
            "pekko.remote.artery.canonical.hostname" to host,
            "twitchactors.cluster.discovery.method" to "dns",
            "twitchactors.cluster.discovery.service" to SERVICE,
            "twitchactors.cluster.discovery.port" to port,
        )
        val listed = hosts.map { mapOf("host" to it, "port" to port) }
        val list = mapOf(
            "pekko.management.cluster.bootstrap.contact-point-discovery.discovery-method" to "config",
            "pekko.discovery.config.services" to mapOf(SERVICE to mapOf("endpoints" to listed)),
        )
        val discovering = Configuration.of(data, setOf(NodeRole.PROFILE), settings = settings)
        val config = ConfigFactory.parseMap(list).withFallback(discovering.forSystem)
        val nobodyElse = LivingNodesFirst.Living { emptyList() }
        return ActorSystem.create(Behaviors.empty(), "discovered", ActorSystemSetup.create(BootstrapSetup.create(config), nobodyElse))
    }

    private fun members(system: ActorSystem<*>): Set<String> = Cluster.get(Adapter.toClassic(system)).state().members
        .filter { it.status() == MemberStatus.up() }.map { it.address().toString() }.toSet()

    private fun until(what: String, condition: () -> Boolean) {
        val deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS)
        while (!condition()) {
            assertTrue(System.nanoTime() < deadline, what)
            CountDownLatch(1).await(POLL_MS, TimeUnit.MILLISECONDS)
        }
    }

    private companion object {
        const val SERVICE = "nodes"
        const val WAIT_SECONDS = 120L
        const val POLL_MS = 50L
    }
}
