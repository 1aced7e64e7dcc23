package twitchactors.sweeps

import org.apache.commons.csv.CSVException
import org.apache.commons.csv.CSVParser
import org.apache.commons.csv.CSVRecord
import twitchactors.domain.BadInput
import twitchactors.domain.CategoryRow
import twitchactors.domain.StreamRow
import twitchactors.topics.Unreadable
import java.io.IOException
import java.io.UncheckedIOException
import java.nio.ByteBuffer
import java.nio.charset.CharacterCodingException
import java.nio.file.Files
import java.nio.file.NoSuchFileException
import java.nio.file.Path

/**
 * Reads a CSV file of categories or of streams, ours or an older scraper's: which of them its header tells; columns may stand in any
 * order, and others among them are ignored. A line that cannot be a row harms none beside it.
 */
class RowFileReader private constructor(private val path: Path, val kind: Kind) {
    /** What the rows of a file are, and the [columns] that it has to have. */
    enum class Kind(val columns: List<String>) { CATEGORIES(RowNames.ofCategories), STREAMS(RowNames.ofStreams) }

    /** A line of a file: a row, or why it is none. [number] is that of its first line, from 1. */
    sealed interface Line {
        val number: Long

        data class OfCategory(override val number: Long, val row: CategoryRow) : Line

        data class OfStream(override val number: Long, val row: StreamRow) : Line

        data class Rejected(override val number: Long, val reason: String) : Line
    }

    /** Gives [take] each line after the header, in order. Throws [IOException] when the file cannot be read to its end. */
    fun read(take: (Line) -> Unit) {
        parser(path).use { parser ->
            val lines = Lines(parser)
            val columns = names(lines.next().record!!).withIndex().associate { it.value to it.index }
            while (true) {
                val line = lines.next()
                take(if (line.record != null) row(line.number, line.record, columns) else line.rejected ?: break)
            }
        }
    }

    private fun row(number: Long, record: CSVRecord, columns: Map<String, Int>): Line = try {
        if (record.size() != columns.size) throw Unreadable("has ${record.size()} columns instead of ${columns.size}")
        val fields = Fields(record, columns)
        when (kind) {
            Kind.CATEGORIES -> Line.OfCategory(number, fields.category())
            Kind.STREAMS -> Line.OfStream(number, fields.stream())
        }
    } catch (bad: Unreadable) {
        Line.Rejected(number, bad.reason)
    }

    private class Fields(private val record: CSVRecord, private val columns: Map<String, Int>) : RowFields() {
        override fun text(field: String): String {
            val bytes = record[columns.getValue(field)].toByteArray(BYTES)
            return try {
                Charsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString()
            } catch (_: CharacterCodingException) {
                throw Unreadable("has a $field that is no UTF-8")
            }
        }

        /** Programs that know no empty number in a column of numbers write all of them as `12.0`. */
        override fun number(field: String): Long {
            val text = text(field)
            return NUMBER.matchEntire(text)?.groupValues?.get(1)?.toLongOrNull()
                ?: throw Unreadable("has the $field '${excerpt(text)}', which is no whole number")
        }
    }

    private class Next(val number: Long, val record: CSVRecord?, val rejected: Line.Rejected?)

    /** The records of a file one after the other; after one that breaks the rules of CSV nothing can be known of the rest. */
    private class Lines(private val parser: CSVParser) {
        private val records = parser.iterator()
        private var isBroken = false

        fun next(): Next {
            val number = parser.currentLineNumber + 1
            return try {
                val record = if (!isBroken && records.hasNext()) records.next() else null
                // A line with nothing in it, as at the end of a file that ends with two line feeds, is none.
                if (record != null && record.size() == 1 && record[0].isEmpty()) next() else Next(number, record, null)
            } catch (broken: UncheckedIOException) {
                if (broken.cause !is CSVException) throw broken.cause!!
                broken(number)
            } catch (_: IllegalStateException) {
                broken(number)
            }
        }

        private fun broken(number: Long): Next {
            isBroken = true
            return Next(number, null, Line.Rejected(number, "has quotes that are no CSV; it and all lines after it are left out"))
        }
    }

    companion object {
        private val NUMBER = Regex("""(-?\d{1,18})(?:\.0*)?""")

        /** Each byte as a character, so that a line that is no UTF-8 can be told from its neighbours. */
        private val BYTES = Charsets.ISO_8859_1
        private const val BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF"

        /** Looks at the header of [path]; throws [BadInput] when it is no such file. */
        fun open(path: Path): RowFileReader {
            if (Files.isDirectory(path)) throw BadInput("$path is a folder; name CSV files")
            val names = try {
                parser(path).use { parser -> Lines(parser).next().record?.let(::names) ?: throw BadInput("$path is empty") }
            } catch (_: NoSuchFileException) {
                throw BadInput("$path: there is no such file")
            } catch (unreadable: IOException) {
                throw BadInput("$path cannot be read: ${unreadable.message}", unreadable)
            }
            val kind = Kind.entries.filter { names.containsAll(it.columns) }.maxByOrNull { it.columns.size } ?: throw BadInput(
                "$path has the columns ${RowFields.excerpt(names.joinToString(","))}; categories have " +
                    "${Kind.CATEGORIES.columns.joinToString(",")} and streams ${Kind.STREAMS.columns.joinToString(",")}",
            )
            if (names.toSet().size != names.size) throw BadInput("$path has a column twice: ${names.joinToString(",")}")
            return RowFileReader(path, kind)
        }

        private fun names(record: CSVRecord): List<String> = record.mapIndexed { index, name ->
            (if (index == 0) name.removePrefix(BYTE_ORDER_MARK) else name).trim()
        }

        private fun parser(path: Path) = CSVParser.parse(path, BYTES, RowLines.FORMAT.builder().setIgnoreEmptyLines(false).get())
    }
}
