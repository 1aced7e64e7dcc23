package twitchactors.archive

import com.github.luben.zstd.Zstd
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.PairSink
import twitchactors.domain.Slot
import twitchactors.domain.SlotSets
import java.nio.file.Files
import java.nio.file.Path

/**
 * The rows of a Parquet file that this program wrote, in the order of viewers, then streamers, whatever its [ParquetLayout]. It knows just
 * the encodings that [ParquetWriter] uses, and takes files of no other writer; the file stands in memory, a row group of it unpacked.
 */
class ParquetRows private constructor(private val bytes: ByteArray, footer: Map<Int, Any>, private val end: Int) {
    /** How many rows it says that it has. */
    val size: Long = footer.number(3)

    /** The day that it is about. */
    val day: Day = footer.structs(5).firstOrNull { it.text(1) == "day" }?.let { Day.parse(it.text(2)) }
        ?: throw NotOurParquet("does not say its day")

    /** The streamers of all rows, sorted. */
    val streamers: List<Login>

    private val numberOf: Map<Login, Int>

    init {
        val names = HashSet<Login>()
        groups { names += it.streamers }
        streamers = names.sorted()
        numberOf = streamers.withIndex().associate { it.value to it.index }
    }

    /**
     * Gives all rows to [sink], their streamers as indexes in [streamers].
     *
     * @throws NotOurParquet where they are damaged, or not in order; some rows may have been given then
     */
    fun forEach(sink: PairSink) {
        var rows = 0L
        groups { group ->
            val numbers = IntArray(group.streamers.size) { numberOf.getValue(group.streamers[it]) }
            group.rows(numbers, sink)
            rows += group.rows
        }
        if (rows != size) throw NotOurParquet("has $rows rows and says that it has $size")
    }

    private fun groups(use: (Group) -> Unit) = reading {
        var at = MAGIC
        while (at < end) {
            val group = Group(at)
            use(group)
            at = group.end
        }
    }

    /** The dictionary of a column and its page. */
    private class Column(private val dictionary: IntArray, private val page: ParquetPage) {
        val content: ByteArray get() = page.content
        val values: Int get() = page.values
        val end: Int get() = page.end

        /** Its numbers, whose indexes begin at [at] of its page. */
        fun numbers(at: Int): Numbers = Indexes(page.content, at).let { indexes -> Numbers { dictionary[indexes[it]] } }
    }

    /** The numbers of a column by their places. */
    private fun interface Numbers {
        operator fun get(index: Int): Int
    }

    private fun header(at: Int): Pair<Map<Int, Any>, Int> = ThriftFields(bytes, at).let { fields -> fields.struct() to fields.at }

    private fun page(at: Int, type: Int): ParquetPage {
        val (header, from) = header(at)
        if (header.number(1) != type.toLong()) throw NotOurParquet("has its pages in another order")
        val (size, packed) = header.number(2) to header.number(3)
        if (size !in 0..MOST_BYTES || packed !in 0..end - from) throw NotOurParquet("is cut")
        val content = Zstd.decompress(bytes.copyOfRange(from, from + packed.toInt()), size.toInt())
        val about = header[if (type == DATA) 5 else 7] as? Map<*, *> ?: throw NotOurParquet("has another kind of pages")
        val values = about[1] as Long
        if (values !in 0..MOST_VALUES) throw NotOurParquet("is damaged")
        return ParquetPage(content, values.toInt(), from + packed.toInt())
    }

    private fun viewers(at: Int): ParquetViewers {
        if (header(at).first.number(1) == DATA.toLong()) return ParquetViewers.Suffixes(page(at, DATA))
        val names = page(at, DICTIONARY)
        return ParquetViewers.Names(names, page(names.end, DATA))
    }

    /** The row group that begins at a place: viewers, then seven columns with a dictionary each. */
    private inner class Group(at: Int) {
        private val viewers = viewers(at)
        private val names = page(viewers.end, DICTIONARY)
        private val streamer = page(names.end, DATA)
        val rows = viewers.rows
        val streamers: List<Login> = logins(names)
        private val samples = column(streamer.end)
        private val minutes = column(samples.end)
        private val firstSlot = column(minutes.end)
        private val lastSlot = column(firstSlot.end)
        private val runFirst = column(lastSlot.end)
        private val runLast = column(runFirst.end)
        val end = runLast.end

        private fun column(at: Int): Column {
            val dictionary = page(at, DICTIONARY)
            if (dictionary.content.size != dictionary.values * Int.SIZE_BYTES) throw NotOurParquet("is damaged")
            val numbers = IntArray(dictionary.values) { Int32.at(dictionary.content, it * Int.SIZE_BYTES) }
            return Column(numbers, page(dictionary.end, DATA))
        }

        private fun logins(page: ParquetPage): List<Login> {
            var at = 0
            return List(page.values) {
                val length = Int32.at(page.content, at)
                at += Int.SIZE_BYTES
                login(String(page.content, at, length, Charsets.US_ASCII)).also { at += length }
            }
        }

        fun rows(numbers: IntArray, sink: PairSink) {
            val streamerOf = Indexes(streamer.content, 0)
            // The fewest columns that say all; the others follow from them, and are compared.
            val (samplesOf, minutesOf) = samples.numbers(0) to minutes.numbers(0)
            val (firstOf, lastOf) = firstSlot.numbers(0) to lastSlot.numbers(0)
            val repeats = Levels(runFirst.content, runFirst.values)
            val (runFirsts, runLasts) = runFirst.numbers(repeats.end) to runLast.numbers(repeats.end)
            val starts = repeats.starts(rows)
            val runs = IntArray(SlotSets.MAX_RUNS)
            viewers.forEach { row, name, length ->
                var count = 0
                var seen = 0
                for (value in starts[row] until starts[row + 1]) {
                    val run = SlotSets.run(slot(runFirsts[value]), slot(runLasts[value]))
                    runs[count++] = run
                    seen += SlotSets.length(run)
                }
                val follows = samplesOf[row] == seen && minutesOf[row] == seen * Slot.MINUTES &&
                    firstOf[row] == SlotSets.first(runs[0]) && lastOf[row] == SlotSets.last(runs[count - 1])
                if (!follows) throw NotOurParquet("has a row whose columns contradict each other")
                sink.row(name, length, numbers[streamerOf[row]], runs, count)
            }
        }

        private fun slot(index: Int) = if (index in 0 until Slot.PER_DAY) index else throw NotOurParquet("has a slot $index")
    }

    companion object {
        private const val MAGIC = 4
        private const val TAIL = 8
        private const val DATA = 0
        private const val DICTIONARY = 2
        private const val MOST_BYTES = 1L shl 28
        private const val MOST_VALUES = 1L shl 25

        /**
         * Opens [file].
         *
         * @throws NotOurParquet when it is not one that this program wrote, or is damaged
         * @throws java.io.IOException when it cannot be read
         */
        fun open(file: Path): ParquetRows = of(Files.readAllBytes(file))

        /** The same of a file's [bytes]. */
        fun of(bytes: ByteArray): ParquetRows = reading {
            val magics = listOf(0, bytes.size - MAGIC)
            if (bytes.size < MAGIC + TAIL || magics.any { String(bytes, it, MAGIC, Charsets.US_ASCII) != "PAR1" }) {
                throw NotOurParquet("is no whole Parquet file")
            }
            val length = Int32.at(bytes, bytes.size - TAIL)
            val footerAt = bytes.size - TAIL - length
            if (length < 0 || footerAt < MAGIC) throw NotOurParquet("is cut")
            val footer = ThriftFields(bytes, footerAt).struct()
            if (footer.text(6) != "TwitchActors") throw NotOurParquet("was written by another program")
            ParquetRows(bytes, footer, footerAt)
        }

        /** Whatever damaged bytes lead to is damage. */
        private fun <T> reading(work: () -> T): T = try {
            work()
        } catch (expected: NotOurParquet) {
            throw expected
        } catch (_: RuntimeException) {
            throw NotOurParquet("is damaged")
        }

        private fun login(name: String) = Login.of(name) ?: throw NotOurParquet("has a streamer that is no login")

        private fun Map<Int, Any>.number(field: Int): Long = get(field) as? Long ?: throw NotOurParquet("lacks a number")

        private fun Map<Int, Any>.text(field: Int): String = (get(field) as? ByteArray)?.decodeToString().orEmpty()

        @Suppress("UNCHECKED_CAST")
        private fun Map<Int, Any>.structs(field: Int): List<Map<Int, Any>> = get(field) as? List<Map<Int, Any>> ?: emptyList()
    }
}
