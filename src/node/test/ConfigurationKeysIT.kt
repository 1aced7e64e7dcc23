package twitchactors.node

import com.sun.net.httpserver.HttpServer
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.net.InetAddress
import java.net.InetSocketAddress
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import kotlin.io.path.readText
import kotlin.io.path.writeText

/** Each key of the files in hocon does what it says, set by a file and set by the environment: a new JVM tells what it makes of it. */
class ConfigurationKeysIT {
    @TempDir
    private lateinit var folder: Path

    private val twitch = HttpServer.create(InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0)
    private lateinit var keys: ConfigurationKeys

    @BeforeEach
    fun start() {
        twitch.createContext("/simulator/clock") { exchange ->
            exchange.sendResponseHeaders(200, CLOCK.length.toLong())
            exchange.responseBody.use { it.write(CLOCK.toByteArray()) }
        }
        twitch.start()
        keys = ConfigurationKeys(folder, "http://127.0.0.1:${twitch.address.port}").apply { prepare() }
    }

    @AfterEach
    fun stop() = twitch.stop(0)

    @Test
    fun `each key has its effect by a file and by the environment, and the shipped value is another`() {
        val usual = Reader.start(folder, keys, "usual")
        val variables = ConfigurationKeysTest.variables()
        val started = listOf(keys.together, keys.apart).flatMapIndexed { at, changed ->
            val file = folder.resolve("$at.conf").apply { writeText(asFile(changed)) }
            val environment = changed.associate { variables.getValue(it.path) to it.value }
            val other = folder.resolve("$at-other.conf").apply { writeText(changed.joinToString("\n") { "${it.path} = \"other\"" }) }
            listOf(
                Triple("by --config", changed, Reader.start(folder, keys, "config$at", used = file)),
                Triple(
                    "by environment over --config",
                    changed,
                    Reader.start(folder, keys, "both$at", used = other, environment = environment),
                ),
                Triple("by file", changed, Reader.start(folder, keys, "file$at", file = file)),
                Triple("by environment", changed, Reader.start(folder, keys, "environment$at", environment = environment)),
            )
        }
        val shipped = usual.seen()
        for ((how, changed, reader) in started) {
            val seen = reader.seen()
            for (key in changed) {
                assertEquals(key.effect, seen[key.path], "${key.path} $how")
                assertNotEquals(key.effect, shipped[key.path], "${key.path} as shipped")
            }
        }
    }

    private fun asFile(changed: List<ConfigurationKeys.Key>) =
        changed.joinToString("\n", "include classpath(\"application.conf\")\n") { "${it.path} = \"${it.value}\"" }

    /** A JVM that prints what it makes of the configuration. */
    private class Reader(private val process: Process, private val out: Path, private val err: Path) {
        /** By the keys' paths. */
        fun seen(): Map<String, String> {
            check(process.waitFor(2, TimeUnit.MINUTES) && process.exitValue() == 0) { "$out: ${err.readText()}" }
            return out.readText().lines().filter { it.isNotEmpty() }.associate { it.substringBefore('\t') to it.substringAfter('\t') }
        }

        companion object {
            fun start(
                folder: Path,
                keys: ConfigurationKeys,
                name: String,
                file: Path? = null,
                used: Path? = null,
                environment: Map<String, String> = emptyMap(),
            ): Reader {
                val java = Path.of(System.getProperty("java.home"), "bin", "java").toString()
                val settings = file?.let { listOf("-Dconfig.file=$it") }.orEmpty()
                val flags = listOf("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"))
                val command = listOf(java) + flags + settings + ConfigurationKeysIT::class.java.name + "$folder" + keys.simulated +
                    listOfNotNull(used?.toString())
                val out = folder.resolve("$name.out")
                val err = folder.resolve("$name.err")
                val builder = ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile())
                builder.environment().keys.removeIf { it.startsWith("TWITCHACTORS_") }
                builder.environment() += environment
                return Reader(builder.start(), out, err)
            }
        }
    }

    companion object {
        private const val CLOCK = """{"chat":"127.0.0.1:1","starts_at":"2022-08-01T00:00:00Z","began":"2022-08-01T00:00:00Z","speed":1.0}"""

        /** What each key has come to, a line each. */
        @JvmStatic
        fun main(args: Array<String>) {
            val keys = ConfigurationKeys(Path.of(args[0]), args[1])
            args.getOrNull(2)?.let { ConfigurationFile.use(Path.of(it)) }
            // Nothing is asked of a simulated Twitch, which would take the place of what other keys say.
            val asking = if (Simulation.ofEnvironment() == null) emptySet() else setOf(NodeRole.COLLECT, NodeRole.WEB)
            val roles = Configuration.wantedRoles() - asking
            val configuration = Configuration.of(Path.of(args[0]), roles)
            for (key in (keys.apart + keys.together).distinctBy { it.path }) println("${key.path}\t${key.seen(configuration)}")
        }
    }
}
