package twitchactors.cluster

import java.net.DatagramSocket
import java.net.InetAddress
import java.net.InetSocketAddress
import java.net.ServerSocket
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import kotlin.io.path.deleteIfExists
import kotlin.io.path.exists
import kotlin.io.path.isExecutable
import kotlin.io.path.readText
import kotlin.io.path.writeText

/** A DNS server on 127.0.0.1, dnsmasq, that knows one service and nothing else; its files are in [folder]. */
class NameServer(private val folder: Path) : AutoCloseable {
    private val port = freePort()
    private val log = folder.resolve("dnsmasq.log")
    private var process: Process? = null

    /** As a node is told of it. */
    val address = "127.0.0.1:$port"

    /** Has one SRV record for each of [nodes] from now on: names with the address and the port of each. */
    fun knows(nodes: Map<String, InetSocketAddress>) {
        close()
        log.deleteIfExists()
        val records = nodes.flatMap { (name, at) ->
            listOf("host-record=$name,${at.hostString}", "srv-host=_management._tcp.$SERVICE,$name,${at.port}")
        }
        val settings = listOf("port=$port", "listen-address=127.0.0.1", "log-facility=$log", "pid-file=", "local-ttl=1", "user=root")
        val flags = listOf("bind-interfaces", "no-resolv", "no-hosts", "keep-in-foreground", "log-queries")
        val file = folder.resolve("dnsmasq.conf").apply { writeText((settings + flags + records).joinToString("\n", postfix = "\n")) }
        val builder = ProcessBuilder("$DNSMASQ", "--conf-file=$file").redirectErrorStream(true)
        process = builder.redirectOutput(folder.resolve("dnsmasq.out").toFile()).start()
    }

    /** How often it was asked for the service's records since it [knows] them. */
    fun questions(): Int = if (log.exists()) Regex("query\\[SRV] _management._tcp.$SERVICE ").findAll(log.readText()).count() else 0

    override fun close() {
        process?.destroyForcibly()?.waitFor(1, TimeUnit.MINUTES)
    }

    companion object {
        const val SERVICE = "nodes.example"
        private val DNSMASQ = Path.of("/usr/sbin/dnsmasq")

        /** Skips a test that needs one where there is none; in CI that is a failure. */
        fun require() {
            if (!DNSMASQ.isExecutable()) OutsidePart.isAbsent("dnsmasq is not installed")
        }

        /** One that is free for TCP and UDP now. */
        private fun freePort(): Int {
            val loopback = InetAddress.getLoopbackAddress()
            repeat(ATTEMPTS) {
                val port = ServerSocket(0, 1, loopback).use { it.localPort }
                if (runCatching { DatagramSocket(port, loopback).close() }.isSuccess) return port
            }
            error("no port is free for TCP and UDP")
        }

        private const val ATTEMPTS = 20
    }
}
