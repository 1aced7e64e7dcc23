package twitchactors.sweeps

import org.apache.commons.csv.CSVParser
import java.io.BufferedInputStream
import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path
import java.time.LocalDate
import java.time.ZoneOffset

/**
 * What is whole of a CSV file that may end in the middle of a line.
 *
 * @param bytes from its beginning to the end of its last whole line
 * @param header null when not even that is whole
 * @param day of its first row; null when there is none
 */
internal class RowFileScan private constructor(val bytes: Long, val header: List<String>?, val day: LocalDate?) {
    companion object {
        val NOTHING = RowFileScan(0, null, null)
        private const val BUFFER = 1 shl 16

        fun of(path: Path): RowFileScan {
            val whole = wholeBytes(path)
            if (whole == 0L) return NOTHING
            CSVParser.parse(path, Charsets.UTF_8, RowLines.FORMAT).use { parser ->
                val lines = parser.iterator()
                val header = lines.next().toList()
                // What follows the last whole line may be no CSV; before that there is a whole first row, or none.
                val first = if (endOfFirst(path) == whole) null else lines.next()
                val day = first?.get(0)?.let(RowTimes::parse)?.atOffset(ZoneOffset.UTC)?.toLocalDate()
                if (first != null && day == null) throw IOException("$path has a first row without a time; move it away")
                return RowFileScan(whole, header, day)
            }
        }

        private fun wholeBytes(path: Path): Long = ends(path).lastOrNull() ?: 0

        private fun endOfFirst(path: Path): Long = ends(path).first()

        /** Where each line of CSV ends, with what ends it: at a line feed that is not between quotes. */
        private fun ends(path: Path): Sequence<Long> = sequence {
            BufferedInputStream(Files.newInputStream(path), BUFFER).use { input ->
                var at = 0L
                var isQuoted = false
                while (true) {
                    val byte = input.read()
                    if (byte < 0) break
                    at++
                    if (byte == '"'.code) isQuoted = !isQuoted
                    if (byte == '\n'.code && !isQuoted) yield(at)
                }
            }
        }
    }
}
