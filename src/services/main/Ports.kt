package twitchactors.services

import java.io.IOException
import java.net.InetAddress
import java.net.InetSocketAddress
import java.net.ServerSocket
import java.nio.file.Files
import java.nio.file.Path
import java.util.Properties

/**
 * The ports of a data folder's services: chosen free on 127.0.0.1 by the operating system, and kept in [file] so that a
 * restart prefers the same ones. A port is free when it is chosen; whoever binds it must be ready to ask for [another].
 */
internal class Ports(private val file: Path) {
    /** The kept port of [service] when it is free, else a new one. */
    @Synchronized
    fun choose(service: String): Int = kept()[service]?.takeIf(::isFree) ?: another(service)

    /** A new free port for [service]; it is kept from now on. */
    @Synchronized
    fun another(service: String): Int {
        val kept = kept()
        var port = freePort()
        while (port in kept.values) port = freePort()
        keep(kept + (service to port))
        return port
    }

    /** Keeps [port], which [service] has bound itself. */
    @Synchronized
    fun bound(service: String, port: Int) {
        if (kept()[service] != port) keep(kept() + (service to port))
    }

    private fun kept(): Map<String, Int> {
        val properties = Properties()
        if (Files.exists(file)) Files.newBufferedReader(file).use { properties.load(it) }
        return properties.stringPropertyNames()
            .mapNotNull { name -> properties.getProperty(name).toIntOrNull()?.let { name to it } }
            .toMap()
    }

    private fun keep(ports: Map<String, Int>) =
        PrivateFile.replace(file, ports.toSortedMap().entries.joinToString("") { "${it.key}=${it.value}\n" })

    companion object {
        val LOOPBACK: InetAddress = InetAddress.getByAddress("127.0.0.1", byteArrayOf(127, 0, 0, 1))

        fun isFree(port: Int): Boolean = try {
            ServerSocket().use {
                it.reuseAddress = true
                it.bind(InetSocketAddress(LOOPBACK, port))
            }
            true
        } catch (_: IOException) {
            false
        }

        private fun freePort(): Int = ServerSocket(0, 1, LOOPBACK).use { it.localPort }
    }
}
