package twitchactors.cluster

import com.sun.net.httpserver.HttpsConfigurator
import com.sun.net.httpserver.HttpsServer
import kotlinx.serialization.json.add
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray
import kotlinx.serialization.json.putJsonObject
import java.net.InetSocketAddress
import java.nio.file.Path
import java.util.concurrent.ConcurrentLinkedQueue
import kotlin.io.path.writeText

/**
 * What Kubernetes answers to who asks for its pods, and nothing else of it: HTTPS with a certificate for 127.0.0.1, a list of pods that
 * have a port called "management".
 *
 * @param hosts the pods' addresses
 * @param port of all of them
 */
class PodList(private val folder: Path, private val hosts: List<String>, private val port: Int) : AutoCloseable {
    private val server = HttpsServer.create(InetSocketAddress("127.0.0.1", 0), 0)
    private val token = folder.resolve("token").apply { writeText(TOKEN) }
    private val asked = ConcurrentLinkedQueue<String>()

    init {
        val certificates = Certificates(folder).apply { node("IP:127.0.0.1") }
        server.httpsConfigurator = HttpsConfigurator(certificates.context())
        server.createContext("/") { exchange ->
            val isAllowed = exchange.requestHeaders.getFirst("Authorization") == "Bearer $TOKEN"
            if (isAllowed) asked += "${exchange.requestURI}"
            val body = pods().toByteArray()
            exchange.responseHeaders.add("Content-Type", "application/json")
            exchange.sendResponseHeaders(if (isAllowed) 200 else 401, body.size.toLong())
            exchange.responseBody.use { it.write(body) }
        }
        server.start()
    }

    /** What was asked for with the token. */
    val questions: List<String> get() = asked.toList()

    /** As a node in a pod is told of it, with what else is mounted into pods. */
    val environment: Map<String, String> = mapOf(
        "KUBERNETES_SERVICE_HOST" to "127.0.0.1",
        "KUBERNETES_SERVICE_PORT" to "${server.address.port}",
    )

    /** Java's settings, for here those files are elsewhere. */
    val flags: String = mapOf("api-ca-path" to "${folder.resolve("ca.crt")}", "api-token-path" to "$token", "pod-namespace" to NAMESPACE)
        .map { (key, value) -> "-Dpekko.discovery.kubernetes-api.$key=$value" }.joinToString(" ")

    private fun pods() = buildJsonObject {
        put("kind", "PodList")
        putJsonArray("items") {
            for (host in hosts) {
                add(
                    buildJsonObject {
                        putJsonObject("metadata") {
                            put("name", "pod-$host")
                            putJsonObject("labels") { put("app", LABEL) }
                        }
                        putJsonObject("spec") { putJsonArray("containers") { add(container()) } }
                        putJsonObject("status") {
                            put("podIP", host)
                            put("phase", "Running")
                        }
                    },
                )
            }
        }
    }.toString()

    private fun container() = buildJsonObject {
        put("name", "node")
        putJsonArray("ports") {
            add(
                buildJsonObject {
                    put("name", "management")
                    put("containerPort", port)
                },
            )
        }
    }

    override fun close() = server.stop(0)

    companion object {
        const val NAMESPACE = "somewhere"

        /** What the pods' label "app" says. */
        const val LABEL = "our-nodes"
        private const val TOKEN = "a.token.of.the.pod"
    }
}
