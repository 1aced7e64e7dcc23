package twitchactors.pipeline

import com.github.luben.zstd.Zstd
import com.mongodb.client.MongoClients
import org.bson.RawBsonDocument
import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path
import java.sql.Connection
import java.sql.DriverManager
import java.sql.ResultSet
import java.sql.Types
import java.util.Base64
import kotlin.io.path.isRegularFile
import kotlin.io.path.name
import kotlin.io.path.readBytes

/**
 * Looks for [login] in all that a data folder and its services hold, by nothing of the program's own: SQL, the MongoDB driver, the
 * stock 7z, DuckDB, and forms of days read here as they are documented. Kafka is left out.
 */
class LoginHunt(private val data: Data, private val login: String) {
    private val needles: Map<String, ByteArray> = buildMap {
        put("plain", login.toByteArray())
        put("upper case", login.uppercase().toByteArray())
        put("UTF-16 LE", login.toByteArray(Charsets.UTF_16LE))
        put("UTF-16 BE", login.toByteArray(Charsets.UTF_16BE))
        val hex = login.toByteArray().joinToString("") { "%02x".format(it) }
        put("hex", hex.toByteArray())
        put("upper hex", hex.uppercase().toByteArray())
        // Wherever it begins within three bytes, these characters are the same.
        for (before in 0..2) {
            val encoded = Base64.getEncoder().withoutPadding().encodeToString(ByteArray(before) + login.toByteArray())
            put("base64, $before", encoded.substring((before * 8 + 5) / 6, (before + login.length) * 8 / 6).toByteArray())
        }
    }

    /** All places, with what was found there. */
    fun places(): List<String> = tables() + documents() + files()

    fun isIn(text: String): Boolean = found(text.toByteArray()).isNotEmpty()

    private fun found(bytes: ByteArray): List<String> = needles.filter { (form, needle) -> bytes.holds(needle, form) }.keys.toList()

    private fun ByteArray.holds(needle: ByteArray, form: String): Boolean {
        val isText = form == "plain" || form == "upper case"
        for (from in 0..size - needle.size) {
            if (this[from] != needle[0] || !needle.indices.all { this[from + it] == needle[it] }) continue
            if (!isText || !isWord(from - 1) && !isWord(from + needle.size)) return true
        }
        return false
    }

    private fun ByteArray.isWord(at: Int) =
        at in indices && (this[at].toInt().toChar().let { it.isLetterOrDigit() || it == '_' }) && this[at] > 0

    /** Every column of every row; what is compressed is unpacked, and days in it are read. */
    private fun tables(): List<String> = data.connect().use { connection ->
        val tables = connection.rows("SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()").map {
            it[0]!!.decodeToString()
        }
        val pieces = connection.rows("SELECT owner, piece, bytes FROM pieces ORDER BY owner, piece").groupBy { it[0]!!.decodeToString() }
        tables.flatMap { table ->
            connection.rows("SELECT * FROM `$table`").flatMapIndexed { at, row ->
                row.filterNotNull().flatMap { value -> unpacked(value, pieces).flatMap(::found) }.map { "row $at of $table: $it" }
            }
        }.distinct()
    }

    private fun Connection.rows(query: String): List<List<ByteArray?>> = createStatement().use { statement ->
        statement.executeQuery(query).use { rows ->
            buildList { while (rows.next()) add(List(rows.metaData.columnCount) { rows.bytes(it + 1) }) }
        }
    }

    private fun ResultSet.bytes(column: Int): ByteArray? =
        if (metaData.getColumnType(column) in BINARY) getBytes(column) else getString(column)?.toByteArray()

    /** [value] itself, and what it is the compressed form of, alone or with the pieces that go on with it. */
    private fun unpacked(value: ByteArray, pieces: Map<String, List<List<ByteArray?>>>): List<ByteArray> {
        if (!value.startsWith(ZSTD)) return listOf(value)
        val candidates = listOf(value) + pieces.values.map { further -> further.fold(value) { all, piece -> all + piece[2]!! } }
        val content = candidates.firstNotNullOfOrNull(::decompressed) ?: return listOf(value)
        return listOf(value, content, days(content))
    }

    private fun decompressed(bytes: ByteArray): ByteArray? = try {
        Zstd.decompress(bytes, Zstd.getFrameContentSize(bytes).toInt())
    } catch (_: RuntimeException) {
        null
    }

    private fun ByteArray.startsWith(bytes: ByteArray) = size >= bytes.size && bytes.indices.all { this[it] == bytes[it] }

    /** All viewers of all forms of days in [content], a line each: a form shares the beginning of a name with the one before. */
    private fun days(content: ByteArray): ByteArray = buildString {
        for (at in 0..content.size - FORM.size) {
            if (FORM.indices.all { content[at + it] == FORM[it] }) viewers(content, at + FORM.size + 1).forEach(::appendLine)
        }
    }.toByteArray()

    private fun viewers(content: ByteArray, from: Int): List<String> {
        var at = from
        fun number(): Int {
            var value = 0
            var shift = 0
            while (true) {
                val byte = content[at++].toInt()
                value = value or (byte and 0x7f shl shift)
                if (byte >= 0) return value
                shift += 7
            }
        }
        number()
        repeat(number()) { at += 1 + content[at] }
        var name = ""
        return List(number()) {
            val shared = content[at++].toInt()
            val rest = content[at++].toInt()
            name = name.take(shared) + String(content, at, rest, Charsets.US_ASCII)
            at += rest
            while (number() != 0) repeat(number()) { repeat(2) { number() } }
            name
        }
    }

    private fun documents(): List<String> = MongoClients.create("mongodb://${data.address("mongo")}").use { client ->
        client.getDatabase("twitchactors").let { database ->
            database.listCollectionNames().flatMap { collection ->
                database.getCollection(collection, RawBsonDocument::class.java).find().toList().flatMap { document ->
                    found(document.byteBuffer.array()).map { "a document of $collection: $it" }
                }.distinct()
            }
        }
    }

    /** Every file, also those of the services but Kafka's; archives unpacked and Parquet read. */
    private fun files(): List<String> = Files.walk(data.path).use { all -> all.filter { it.isRegularFile() }.toList() }
        .filter { data.path.relativize(it).first().name != "kafka" && !isServerProgram(it) }
        .flatMap { file ->
            val contents = listOf(file.readBytes()) + when {
                file.name.endsWith(".7z") -> listOf(unpacked(file))
                file.name.endsWith(".parquet") -> listOf(rows(file))
                else -> emptyList()
            }
            contents.flatMap(::found).distinct().map { "${data.path.relativize(file)}: $it" }
        }

    /** The unpacked programs of MariaDB, 320 MB that nobody writes to. */
    private fun isServerProgram(file: Path) = data.path.relativize(file).let {
        it.nameCount > 2 && it.first().name == "mariadb" &&
            "server" in "${it.getName(1)}"
    }

    private fun unpacked(archive: Path): ByteArray {
        val process = ProcessBuilder("7z", "x", "-so", "$archive").redirectError(ProcessBuilder.Redirect.DISCARD).start()
        return process.inputStream.readAllBytes().also { if (process.waitFor() != 0) throw IOException("7z cannot unpack $archive") }
    }

    private fun rows(parquet: Path): ByteArray = DriverManager.getConnection("jdbc:duckdb:").use { connection ->
        connection.createStatement().use { statement ->
            statement.executeQuery("SELECT DISTINCT viewer FROM read_parquet('$parquet')").use { rows ->
                buildString { while (rows.next()) appendLine(rows.getString(1)) }.toByteArray()
            }
        }
    }

    private companion object {
        val BINARY = setOf(Types.BLOB, Types.LONGVARBINARY, Types.VARBINARY, Types.BINARY)
        val ZSTD = byteArrayOf(0x28, 0xb5.toByte(), 0x2f, 0xfd.toByte())
        val FORM = "TAVD".toByteArray()
    }
}
