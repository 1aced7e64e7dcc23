package twitchactors.sources

import org.junit.jupiter.api.Assertions.fail
import org.junit.jupiter.api.Assumptions
import java.io.IOException
import java.net.InetAddress
import java.net.ServerSocket
import java.net.Socket
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import kotlin.io.path.isExecutable
import kotlin.io.path.readText
import kotlin.io.path.writeText

/** IRC servers that others wrote, as Debian packages them, each started with a configuration of the test's own. */
internal enum class IrcDaemon(private val program: String, private val atOnce: Int) {
    // It forgets its own name when it cuts lists into lines, and cuts off a login where that is long. Ten connections may wait to be
    // accepted; who finds no place tries again after seconds.
    NGIRCD("ngircd", atOnce = 8) {
        override fun configuration(folder: Path, port: Int, certificate: TestCertificate?) =
            """
            [Global]
            Name = i.t
            Info = a server for tests
            Listen = 127.0.0.1
            ${if (certificate == null) "Ports = $port" else "Ports ="}
            ServerUID = nobody
            ServerGID = nogroup
            [Limits]
            MaxConnections = 0
            MaxConnectionsIP = 0
            MaxJoins = 0
            MaxNickLength = 31
            [Options]
            DNS = no
            Ident = no
            PAM = no
            """.trimIndent() + certificate?.let {
                "\n[SSL]\nCertFile = ${it.writeCertificate(folder)}\nKeyFile = ${it.writeKey(folder)}\nPorts = $port\n"
            }.orEmpty()

        override fun command(path: Path, configuration: Path) = listOf("$path", "-n", "-f", "$configuration")
    },
    INSPIRCD("inspircd", atOnce = 500) {
        override fun configuration(folder: Path, port: Int, certificate: TestCertificate?) =
            """
            <module name="cap">
            <server name="irc.example.org" description="a server for tests" network="test" id="001">
            <admin name="test" nick="test" email="test@example.org">
            <bind address="127.0.0.1" port="$port" type="clients">
            <connect allow="*" timeout="60" pingfreq="2m" hardsendq="64M" softsendq="32M" recvq="64K" localmax="5000" globalmax="5000"
                maxchans="2000" limit="5000" threshold="100000" commandrate="1000000" fakelag="off" resolvehostnames="no">
            <performance somaxconn="1024">
            <limits maxnick="30">
            <pid file="$folder/pid">
            <path datadir="$folder" logdir="$folder" runtimedir="$folder">
            <log method="file" type="* -USERINPUT -USEROUTPUT" level="default" target="inspircd.log">
            """.trimIndent()

        // The flag is needed where tests run as root, and does no harm elsewhere.
        override fun command(path: Path, configuration: Path) = listOf("$path", "--nofork", "--runasroot", "--config=$configuration")
    }, ;

    protected abstract fun configuration(folder: Path, port: Int, certificate: TestCertificate?): String

    protected abstract fun command(path: Path, configuration: Path): List<String>

    /**
     * Starts it on [port] of 127.0.0.1, with TLS if it gets a [certificate] (ngircd), and returns when it answers. Where it is not
     * installed, the test is skipped, and fails in CI.
     */
    fun start(port: Int = freePort(), certificate: TestCertificate? = null): Running {
        val path = (System.getenv("PATH").split(':') + "/usr/sbin").map { Path.of(it, program) }.find { it.isExecutable() }
        if (path == null) {
            val reason = "$program is not installed"
            if (System.getenv("CI") == "true") fail<Unit>(reason) else Assumptions.abort<Unit>(reason)
        }
        val folder = Files.createTempDirectory("twitchactors-$program-")
        val configuration = folder.resolve("$program.conf").apply { writeText(configuration(folder, port, certificate) + "\n") }
        val output = folder.resolve("output")
        val process = ProcessBuilder(command(checkNotNull(path), configuration)).directory(folder.toFile())
            .redirectErrorStream(true).redirectOutput(output.toFile()).start()
        val running = Running(port, atOnce, process, folder)
        try {
            eventually("$program answers") {
                check(process.isAlive) { "$program ended: ${output.readText()}" }
                answers(port)
            }
        } catch (failure: Throwable) {
            running.close()
            throw failure
        }
        return running
    }

    /** @param atOnce how many clients may connect at the same time */
    class Running(val port: Int, val atOnce: Int, private val process: Process, private val folder: Path) : AutoCloseable {
        /** Ends it as a crash does. */
        override fun close() {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS)
            folder.toFile().deleteRecursively()
        }
    }

    companion object {
        private fun freePort() = ServerSocket(0, 1, InetAddress.getByName("127.0.0.1")).use { it.localPort }

        private fun answers(port: Int) = try {
            Socket("127.0.0.1", port).use { true }
        } catch (_: IOException) {
            false
        }
    }
}
