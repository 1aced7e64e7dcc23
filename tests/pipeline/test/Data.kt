package twitchactors.pipeline

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.boolean
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long
import org.junit.jupiter.api.Assertions.assertEquals
import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path
import java.sql.Connection
import java.sql.DriverManager
import java.util.Arrays
import java.util.Properties
import java.util.concurrent.TimeUnit
import kotlin.io.path.copyTo
import kotlin.io.path.exists
import kotlin.io.path.readBytes
import kotlin.io.path.readText

/** A data folder, and the commands on it. */
class Data(val path: Path, private val environment: Map<String, String> = emptyMap()) {
    /** What `replay --json` printed for one day. */
    class Replayed(private val json: JsonObject) {
        val digest: String get() = json.getValue("digest").jsonPrimitive.content
        val revision: Int get() = json.getValue("revision").jsonPrimitive.int
    }

    fun startReplay(source: Path, vararg options: String): Program =
        Program.start(listOf("replay", source, "--data", path, "--json", "--debug") + options, environment)

    fun replay(source: Path, day: String): Replayed = startReplay(source, "--day", day).use { replayed(it.end()) }

    fun replayed(ended: Program.Ended): Replayed {
        check(ended.exit in 0..1) { "$ended" }
        return Replayed(Json.parseToJsonElement(ended.out).jsonObject)
    }

    /** Exports [day] and compares the bytes with what `restructure` makes of it. */
    fun assertHolds(day: RecordedDay, format: String = "csv") {
        val file = path.resolveSibling("exported-${day.date}.$format")
        Program.run("export", day.date, "--data", path, "--out", file, environment = environment)
        val (wanted, found) = day.expected(format).readBytes() to file.readBytes()
        val at = Arrays.mismatch(wanted, found)
        if (at < 0) return
        fun around(bytes: ByteArray) = bytes.copyOfRange(minOf(maxOf(0, at - 80), bytes.size), minOf(at + 80, bytes.size)).decodeToString()
        assertEquals(around(wanted), around(found), "$file has ${found.size} bytes, restructure ${wanted.size}; they part at byte $at")
    }

    /** What the folder's owner says of itself; null while there is none. */
    private fun owner(): JsonObject? = try {
        path.resolve("owner.json").takeIf { it.exists() }?.let { Json.parseToJsonElement(it.readText()).jsonObject }
    } catch (_: IOException) {
        null
    }

    /** Whether [program] owns the folder. One that was killed is still named there until the next one comes. */
    fun isOwnedBy(program: Program): Boolean = owner()?.get("pid")?.jsonPrimitive?.long == program.pid

    /** Whether [program] owns the folder and its services are ready. */
    fun isReady(program: Program): Boolean = isOwnedBy(program) && owner()?.get("ready")?.jsonPrimitive?.boolean == true

    /** host:port of a [service] of the owner. */
    fun address(service: String): String = checkNotNull(owner()).getValue("addresses").jsonObject.getValue(service).jsonPrimitive.content

    private fun credentials() = Properties().apply { Files.newBufferedReader(path.resolve("mariadb/credentials")).use { load(it) } }

    /** The environment of a node whose data folder is [own], on the services of this one and in the cluster of its owner. */
    fun joining(own: Path): Map<String, String> {
        // Under another key everybody who has opted out would be let in.
        path.resolve("suppression.key").copyTo(own.resolve("suppression.key"))
        val credentials = credentials()
        return mapOf(
            "TWITCHACTORS_KAFKA_BOOTSTRAP_SERVERS" to address("kafka"),
            "TWITCHACTORS_MARIADB_URL" to "jdbc:mariadb://${address("mariadb")}/streamers?sslMode=disable",
            "TWITCHACTORS_MARIADB_USER" to credentials.getProperty("user"),
            "TWITCHACTORS_MARIADB_PASSWORD" to credentials.getProperty("password"),
            "TWITCHACTORS_MONGO_URI" to "mongodb://${address("mongo")}",
            "TWITCHACTORS_CLUSTER_JOIN" to address("node"),
        )
    }

    fun connect(): Connection {
        val credentials = credentials()
        val url = "jdbc:mariadb://${address("mariadb")}/streamers?sslMode=disable&connectTimeout=2000&socketTimeout=5000"
        return DriverManager.getConnection(url, credentials.getProperty("user"), credentials.getProperty("password"))
    }

    /** Process ids of MariaDB servers on this folder. */
    fun servers(): List<Long> = ProcessHandle.allProcesses().filter { isServer(it.pid()) }.map { it.pid() }.toList()

    private fun isServer(pid: Long) = try {
        val words = Files.readAllBytes(Path.of("/proc/$pid/cmdline")).decodeToString().split('\u0000')
        words.first().endsWith("/mariadbd") && words.any { it.startsWith("--datadir=${path.toRealPath()}/") }
    } catch (_: IOException) {
        false
    }

    /** Kills the servers that run on this folder. */
    fun clear() = servers().forEach { pid ->
        ProcessHandle.of(pid).ifPresent {
            it.destroyForcibly()
            it.onExit().get(10, TimeUnit.SECONDS)
        }
    }
}
