package twitchactors.services

import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith
import twitchactors.services.SharedServices.Companion.eventually
import twitchactors.services.SharedServices.Started
import java.net.InetSocketAddress
import java.net.ServerSocket
import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import java.util.Properties
import java.util.concurrent.TimeUnit

/** Data folders whose owner is another process: used, killed, taken over. The shared services run beside all of it. */
@ExtendWith(SharedServices::class)
class OwnershipIT(private val shared: Started) {
    private val data = SharedServices.newFolder("owned")
    private val children = mutableListOf<Child>()

    /** A process that runs or uses the services of [data]. */
    private inner class Child {
        private val process = ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            ServicesProcess::class.java.name,
            data.toString(),
            SharedServices.home.toString(),
        ).redirectError(data.resolve("stderr-${children.size}").toFile()).start().also { SharedServices.settings }
        private val output = process.inputReader()

        init {
            children.add(this)
        }

        /** The words of its one line: `ready`, Kafka, MongoDB, MariaDB's process id. */
        fun awaitReady(): List<String> = output.readLine().orEmpty().split(' ').also { check(it.first() == "ready") { "child: $it" } }

        fun kill() {
            process.destroyForcibly().waitFor()
        }

        fun signal(name: String) {
            ProcessBuilder("sh", "-c", "kill -$name ${process.pid()}").inheritIO().start().waitFor()
        }

        fun awaitEnd(seconds: Long) = check(process.waitFor(seconds, TimeUnit.SECONDS)) { "the child did not end within $seconds s" }

        fun finish() {
            process.outputStream.close()
            awaitEnd(30)
        }
    }

    @AfterEach
    fun `nothing stays behind`() {
        children.forEach { it.kill() }
        MariaDbProcess.leftBehind(data.resolve("mariadb/data")).forEach { it.end(Duration.ZERO) }
        data.toFile().deleteRecursively()
    }

    private fun servers() = listOf("data", "data.new").flatMap { MariaDbProcess.leftBehind(data.resolve("mariadb").resolve(it)) }

    private fun services(use: (Services) -> Unit) = Services.start(SharedServices.settings, data).use(use)

    @Test
    fun `a second command uses the first one's services, and after a kill the next one takes over MariaDB and all data`() {
        val owner = Child()
        val (kafka, mongo, mariaDb) = owner.awaitReady().drop(1)
        assertNotEquals(shared.services.kafka.bootstrapServers, kafka, "two folders at once")
        services { second ->
            assertFalse(second.owner)
            assertEquals(kafka, second.kafka.bootstrapServers)
            assertEquals(mongo, second.mongo.address)
            Records(second).write("before the kill")
            owner.kill()
            eventually("the owner's end is seen") { "has ended" in second.health().getValue("kafka").toString() }
        }
        services { next ->
            assertTrue(next.owner)
            assertEquals(mariaDb.toLong(), next.mariaDbPid, "the server left behind was taken over")
            assertEquals(1, servers().size)
            assertEquals(emptySet<String>(), Records(next).missing("before the kill"))
            Records(next).write("after the kill")
        }
        assertEquals(emptyList<MariaDbProcess>(), servers())
    }

    @Test
    fun `data survives a kill of everything, and the stale owner file is ignored`() {
        val owner = Child()
        val mariaDb = owner.awaitReady()[3].toLong()
        services { Records(it).write("before the kill") }
        owner.kill()
        ProcessHandle.of(mariaDb).get().also { it.destroyForcibly() }.onExit().get(10, TimeUnit.SECONDS)
        assertTrue(Files.exists(Owner.file(data)), "the kill left it")
        services { next ->
            assertTrue(next.owner)
            assertEquals(emptySet<String>(), Records(next).missing("before the kill"))
        }
    }

    @Test
    fun `a clean end leaves no process, no open port and no owner, and the next start takes other ports where these are taken`() {
        val owner = Child()
        owner.awaitReady()
        val ports = ports()
        services { Records(it).write("before the end") }
        owner.finish()
        assertEquals(emptyList<MariaDbProcess>(), servers())
        assertNull(Owner.read(data))
        val taken = ports.values.map {
            ServerSocket().apply {
                reuseAddress = true
                bind(InetSocketAddress(Ports.LOOPBACK, it))
            }
        }
        try {
            services { next ->
                assertEquals(emptySet<Int>(), ports().values.toSet() intersect ports.values.toSet())
                assertEquals(emptySet<String>(), Records(next).missing("before the end"))
            }
        } finally {
            taken.forEach { it.close() }
        }
    }

    @Test
    fun `Ctrl-C while everything starts leaves nothing behind`() {
        val owner = Child()
        eventually("MariaDB is being made or started", 60) { servers().isNotEmpty() }
        owner.signal("INT")
        owner.awaitEnd(15)
        assertEquals(emptyList<MariaDbProcess>(), servers())
        services { assertTrue(it.owner) }
    }

    @Test
    fun `Ctrl-C ends a running owner cleanly, while its MariaDB ignores the signal that the terminal sends to both`() {
        val owner = Child()
        val mariaDb = owner.awaitReady()[3]
        ProcessBuilder("sh", "-c", "kill -INT $mariaDb; kill -HUP $mariaDb").inheritIO().start().waitFor()
        services { Records(it).write("after the signal") }
        assertEquals(mariaDb.toLong(), servers().single().pid)
        owner.signal("INT")
        owner.awaitEnd(15)
        assertEquals(emptyList<MariaDbProcess>(), servers())
        assertNull(Owner.read(data))
    }

    private fun ports(): Map<String, Int> = Properties().run {
        Files.newBufferedReader(data.resolve("ports.properties")).use { load(it) }
        stringPropertyNames().associateWith { getProperty(it).toInt() }
    }
}
