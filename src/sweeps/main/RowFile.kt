package twitchactors.sweeps

import org.apache.commons.csv.CSVPrinter
import java.io.IOException
import java.nio.ByteBuffer
import java.nio.channels.FileChannel
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardOpenOption.CREATE
import java.nio.file.StandardOpenOption.READ
import java.nio.file.StandardOpenOption.WRITE
import java.time.Instant
import java.time.LocalDate
import java.time.ZoneOffset
import kotlin.io.path.exists
import kotlin.io.path.nameWithoutExtension

/**
 * The CSV file at [path] that rows of sweeps are appended to. It holds one UTC day: before the first row of another one it is put aside as
 * `NAME.yyyy-MM-dd.csv`. After a kill or a full disk no half line stays. Blocks its caller; safe for use by several threads.
 *
 * @param header the names of the columns
 */
class RowFile(private val path: Path, private val header: List<String>) : AutoCloseable {
    private class Open(val channel: FileChannel, var day: LocalDate?)

    private var open: Open? = null

    /**
     * Appends [rows], all of the sweep that began at [timestamp]; on disk when it returns. Throws [IOException]; then none of them is
     * there.
     */
    @Synchronized
    fun append(timestamp: Instant, rows: List<List<Any>>) {
        val day = timestamp.atOffset(ZoneOffset.UTC).toLocalDate()
        var file = open ?: begin()
        if (file.day != null && file.day != day) {
            close()
            Files.move(path, aside(file.day!!))
            file = begin()
        }
        write(file.channel, rows)
        file.day = day
    }

    @Synchronized
    override fun close() {
        open?.channel?.close()
        open = null
    }

    private fun begin(): Open {
        Files.createDirectories(path.toAbsolutePath().parent)
        val whole = if (path.exists()) RowFileScan.of(path) else RowFileScan.NOTHING
        if (whole.header != null && whole.header != header) {
            val found = whole.header.joinToString(",")
            throw IOException("$path has the columns $found instead of ${header.joinToString(",")}; move it away")
        }
        val channel = FileChannel.open(path, CREATE, READ, WRITE)
        try {
            channel.truncate(whole.bytes)
            channel.position(whole.bytes)
            if (whole.header == null) write(channel, listOf(header))
        } catch (failure: IOException) {
            channel.close()
            throw failure
        }
        return Open(channel, whole.day).also { open = it }
    }

    private fun write(channel: FileChannel, rows: List<List<Any>>) {
        val text = StringBuilder()
        CSVPrinter(text, RowLines.FORMAT).use { printer -> rows.forEach { printer.printRecord(it) } }
        val bytes = ByteBuffer.wrap(text.toString().encodeToByteArray())
        val before = channel.position()
        try {
            while (bytes.hasRemaining()) channel.write(bytes)
            channel.force(false)
        } catch (failure: IOException) {
            channel.truncate(before)
            channel.position(before)
            throw failure
        }
    }

    /** A name that is free: a clock that goes back brings a day twice. */
    private fun aside(day: LocalDate): Path = generateSequence(1) { it + 1 }
        .map { path.resolveSibling("${path.nameWithoutExtension}.$day${if (it == 1) "" else ".$it"}.csv") }
        .first { !it.exists() }
}
