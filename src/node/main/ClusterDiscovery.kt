package twitchactors.node

import com.typesafe.config.Config
import com.typesafe.config.ConfigFactory
import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.actor.typed.javadsl.Adapter
import org.apache.pekko.http.javadsl.Http
import org.apache.pekko.http.javadsl.model.Uri
import org.apache.pekko.management.cluster.bootstrap.ClusterBootstrap
import org.apache.pekko.management.javadsl.PekkoManagement
import twitchactors.domain.BadInput
import twitchactors.services.ServiceUnavailable
import java.util.concurrent.CompletionStage
import java.util.concurrent.ExecutionException
import java.util.concurrent.TimeUnit

/**
 * How nodes find each other where no addresses of theirs are known before: by the SRV records of a service, or by Kubernetes' own list
 * of pods. Each node answers on a port of Pekko Management whom it knows, by HTTPS where there is [ClusterTls]; [LivingNodesFirst] says who
 * may begin a cluster.
 */
internal class ClusterDiscovery private constructor(private val config: Config, private val method: Method) {
    private enum class Method(val word: String, val pekko: String) {
        DNS("dns", "pekko-dns"),
        KUBERNETES("kubernetes", "kubernetes-api"),
    }

    /** The same as the configuration, with what Pekko has to know. */
    fun overConfiguration(): Config {
        val service = config.getString("$KEY.service").ifEmpty {
            throw BadInput("$KEY.method is ${method.word}, so $KEY.service must name one")
        }
        val own = config.getString("pekko.remote.artery.canonical.hostname")
        // What others call this node need be no address of its own.
        val listensOn = config.getString("pekko.management.http.bind-hostname").ifEmpty { own }
        val nameservers = config.getString("$KEY.nameservers").split(',').map(String::trim).filter(String::isNotEmpty)
        val contactPoints = "pekko.management.cluster.bootstrap.contact-point-discovery"
        val settings = mapOf(
            "pekko.management.http.hostname" to config.getString("$KEY.host").ifEmpty { own },
            "pekko.management.http.bind-hostname" to listensOn,
            "pekko.management.http.port" to config.getInt("$KEY.port"),
            "pekko.management.cluster.bootstrap.join-decider.class" to LivingNodesFirst::class.java.name,
            "$contactPoints.discovery-method" to method.pekko,
            "$contactPoints.service-name" to service,
            "$contactPoints.port-name" to PORT_NAME,
            "$contactPoints.protocol" to "tcp",
            "$contactPoints.required-contact-point-nr" to config.getInt("$KEY.required-nodes"),
            // Names of pods depend on what the cluster's domain is called.
            "pekko.discovery.kubernetes-api.use-raw-ip" to true,
            // Those that it was to join may be gone before they answer: then it looks again.
            "pekko.cluster.shutdown-after-unsuccessful-join-seed-nodes" to LONGEST_JOIN,
        )
        // Then they are asked for the targets' addresses, too.
        val asked = mapOf("pekko.io.dns.resolver" to "async-dns", "pekko.io.dns.async-dns.nameservers" to nameservers)
        val all = if (nameservers.isEmpty()) settings else settings + asked
        return ConfigFactory.parseMap(all, "discovery of nodes").withFallback(config)
    }

    companion object {
        private const val KEY = "twitchactors.cluster.discovery"

        /** As the port is called in SRV records and in the description of a pod. */
        private const val PORT_NAME = "management"
        private const val LONGEST_JOIN = "20 s"
        private const val START_SECONDS = 15L

        /** Null when [config] says that nodes are not to be discovered. */
        fun of(config: Config): ClusterDiscovery? {
            val word = config.getString("$KEY.method").ifEmpty { return null }
            val method = Method.entries.find { it.word == word }
                ?: throw BadInput("$KEY.method is '$word'; it may be ${Method.entries.joinToString(" or ") { it.word }}")
            if (config.getString("twitchactors.cluster.join").isNotEmpty()) {
                throw BadInput("$KEY.method and twitchactors.cluster.join are both set; a node comes in by one of them")
            }
            return ClusterDiscovery(config, method)
        }

        /**
         * Lets [system] answer other nodes, look for them, and come into their cluster or begin one.
         *
         * @throws ServiceUnavailable when its port is taken
         */
        fun begin(system: ActorSystem<*>) {
            val classic = Adapter.toClassic(system)
            val tls = ClusterTls.of(system.settings().config())?.let { ManagementTls(classic) }
            try {
                answer(classic, tls).toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS)
            } catch (failure: ExecutionException) {
                val port = system.settings().config().getString("pekko.management.http.port")
                throw ServiceUnavailable("nodes cannot be answered on port $port: ${failure.cause?.message}; set $KEY.port", failure)
            }
            ClusterBootstrap.get(classic).start()
        }

        /** The others are asked by the scheme of the own address, which is https when there is TLS, and by the default context. */
        private fun answer(system: org.apache.pekko.actor.ActorSystem, tls: ManagementTls?): CompletionStage<Uri> {
            val management = PekkoManagement.get(system)
            if (tls == null) return management.start()
            Http.get(system).setDefaultClientHttpsContext(tls.client)
            return management.start { it.withHttpsConnectionContext(tls.server) }
        }
    }
}
