package twitchactors.archive

import com.github.luben.zstd.Zstd
import com.github.luben.zstd.ZstdCompressCtx
import twitchactors.domain.ByteSink
import twitchactors.domain.Slot
import twitchactors.domain.SlotSets

/**
 * One row group, its columns encoded and compressed. Slots, counts and streamers are indexes of those that come here, in bytes that
 * compress; viewers are too, unless the rows are in their order.
 */
internal class ParquetPart(private val streamers: List<ByteArray>, layout: ParquetLayout) : PartEncoder {
    /** The pages of all columns, one after the other. */
    val pages = ByteSink(1 shl 16)

    /** Where the columns stand in [pages], in the order of the schema's leaves. */
    val columns = ArrayList<ColumnChunk>(8)

    var rows = 0
        private set

    /** A column of this row group: places in [pages], sizes in bytes, and its least and greatest value where they are told. */
    class ColumnChunk(
        val dictionaryAt: Int?,
        val dataAt: Int,
        val end: Int,
        val values: Int,
        val uncompressed: Int,
        val bounds: Pair<ByteArray, ByteArray>?,
    )

    private val viewer = if (layout == ParquetLayout.BY_STREAMER) ViewerColumn.Names() else ViewerColumn.Suffixes()
    private val streamer = IntColumn()
    private val samples = IntColumn()
    private val firstSlots = IntColumn()
    private val lastSlots = IntColumn()
    private val runFirsts = IntColumn()
    private val runLasts = IntColumn()
    private val runsPerRow = IntColumn()
    private val indexes = IntColumn()

    /** The index in this row group's dictionary of each streamer; -1 while it has none. */
    private val streamerIndexes = IntArray(streamers.size) { -1 }
    private val streamersHere = IntColumn()

    private val page = ByteSink(1 shl 16)
    private val compressed = ByteSink(1 shl 16)
    private val viewerCompressor = ZstdCompressCtx().setLevel(layout.level)
    private val compressor = if (layout == ParquetLayout.BY_STREAMER) viewerCompressor else ZstdCompressCtx().setLevel(LEAST_LEVEL)

    override fun row(viewer: ByteArray, length: Int, streamer: Int, runs: IntArray, count: Int) {
        this.viewer.add(viewer, length)
        var index = streamerIndexes[streamer]
        if (index < 0) {
            index = streamersHere.size
            streamerIndexes[streamer] = index
            streamersHere.add(streamer)
        }
        this.streamer.add(index)
        var seen = 0
        for (i in 0 until count) {
            seen += SlotSets.length(runs[i])
            runFirsts.add(SlotSets.first(runs[i]))
            runLasts.add(SlotSets.last(runs[i]))
        }
        samples.add(seen)
        firstSlots.add(SlotSets.first(runs[0]))
        lastSlots.add(SlotSets.last(runs[count - 1]))
        runsPerRow.add(count)
        rows++
    }

    override fun finish() {
        when (viewer) {
            is ViewerColumn.Names -> {
                sortByStreamer(viewer)
                dictionaryColumn(viewer.dictionary, viewer.entries, viewer.indexes, width(viewer.entries), bounds = viewer.bounds)
            }
            is ViewerColumn.Suffixes -> suffixColumn(viewer)
        }
        dictionaryColumn(streamerDictionary(), streamersHere.size, streamer, width(streamersHere.size))
        numberColumns(samples, 1, Slot.MINUTES)
        numberColumns(firstSlots, 1)
        numberColumns(lastSlots, 1)
        numberColumns(runFirsts, 1, perRow = runsPerRow)
        numberColumns(runLasts, 1, perRow = runsPerRow)
    }

    fun clear() {
        pages.clear()
        columns.clear()
        rows = 0
        for (column in listOf(streamer, samples, firstSlots, lastSlots, runFirsts, runLasts, runsPerRow)) column.clear()
        viewer.clear()
        streamersHere.clear()
        streamerIndexes.fill(-1)
    }

    private fun suffixColumn(viewers: ViewerColumn.Suffixes) {
        val dataAt = pages.size
        page.clear()
        viewers.write(page)
        val size = writePage(PAGE_DATA, rows, ENCODING_DELTA_BYTE_ARRAY, viewerCompressor)
        columns += ColumnChunk(null, dataAt, pages.size, rows, size, viewers.bounds)
    }

    /** Those who saw the same streamer in the same slots become neighbours. */
    private fun sortByStreamer(viewers: ViewerColumn.Names) {
        val order = RowOrder(rows)
        for (column in listOf(samples, lastSlots, firstSlots)) order.by(Slot.PER_DAY + 1) { column.values[it] }
        order.by(streamers.size) { streamersHere.values[streamer.values[it]] }
        for (column in listOf(runFirsts, runLasts)) column.sortLists(order, runsPerRow)
        for (column in listOf(viewers.indexes, streamer, samples, firstSlots, lastSlots, runsPerRow)) column.sort(order)
    }

    private fun streamerDictionary(): ByteSink = ByteSink().also { out ->
        for (i in 0 until streamersHere.size) {
            val name = streamers[streamersHere.values[i]]
            out.int(name.size)
            out.bytes(name)
        }
    }

    /** For each of [units] a column of [numbers] times it: the same indexes, of another dictionary. */
    private fun numberColumns(numbers: IntColumn, vararg units: Int, perRow: IntColumn? = null) {
        val dictionary = NumberDictionary(numbers)
        indexes.clear()
        for (i in 0 until numbers.size) indexes.add(dictionary.indexOf(numbers.values[i]))
        for (unit in units) dictionaryColumn(dictionary.page(unit), dictionary.entries.size, indexes, dictionary.bytes, perRow)
    }

    /** A column of dictionary indexes; [perRow] gives, for a column inside the list of runs, how many values each row has. */
    private fun dictionaryColumn(
        dictionary: ByteSink,
        entries: Int,
        indexes: IntColumn,
        bytes: Int,
        perRow: IntColumn? = null,
        bounds: Pair<ByteArray, ByteArray>? = null,
    ) {
        val dictionaryAt = pages.size
        page.clear()
        page.bytes(dictionary)
        var size = writePage(PAGE_DICTIONARY, entries, ENCODING_PLAIN)
        val dataAt = pages.size
        page.clear()
        if (perRow != null) writeLevels(perRow, indexes.size)
        indexes.writeIndexes(page, bytes)
        size += writePage(PAGE_DATA, indexes.size, ENCODING_RLE_DICTIONARY)
        columns += ColumnChunk(dictionaryAt, dataAt, pages.size, indexes.size, size, bounds)
    }

    /** Repetition levels, bit-packed: 0 opens a row's list, 1 goes on with it. Then definition levels: a run of ones. */
    private fun writeLevels(perRow: IntColumn, values: Int) {
        val groups = (values + 7) / 8
        val bits = ByteSink(groups + 8)
        bits.varint((groups.toLong() shl 1) or 1)
        var held = 0
        var at = 0
        for (row in 0 until perRow.size) {
            for (i in 0 until perRow.values[row]) {
                if (i > 0) held = held or (1 shl (at and 7))
                at++
                if (at and 7 == 0) {
                    bits.byte(held)
                    held = 0
                }
            }
        }
        if (at and 7 != 0) bits.byte(held)
        page.int(bits.size)
        page.bytes(bits)
        val defined = ByteSink(8)
        defined.varint(values.toLong() shl 1)
        defined.byte(1)
        page.int(defined.size)
        page.bytes(defined)
    }

    /** Compresses [page] by [with] and appends it with its header; returns the uncompressed size of both. */
    private fun writePage(type: Int, values: Int, encoding: Int, with: ZstdCompressCtx = compressor): Int {
        compressed.clear()
        compressed.room(Zstd.compressBound(page.size.toLong()).toInt())
        compressed.advance(with.compressByteArray(compressed.array, 0, compressed.array.size, page.array, 0, page.size))
        val header = ByteSink(64)
        ThriftCompact(header).nested {
            i32(1, type)
            i32(2, page.size)
            i32(3, compressed.size)
            if (type == PAGE_DATA) {
                struct(5) {
                    i32(1, values)
                    i32(2, encoding)
                    i32(3, ENCODING_RLE)
                    i32(4, ENCODING_RLE)
                }
            } else {
                struct(7) {
                    i32(1, values)
                    i32(2, encoding)
                }
            }
        }
        pages.bytes(header)
        pages.bytes(compressed)
        return header.size + page.size
    }

    companion object {
        const val ENCODING_PLAIN = 0
        const val ENCODING_RLE = 3
        const val ENCODING_DELTA_BYTE_ARRAY = 7
        const val ENCODING_RLE_DICTIONARY = 8
        private const val PAGE_DATA = 0
        private const val PAGE_DICTIONARY = 2

        /** For columns in which nothing is repeated: higher levels take chance for repetitions, and make them larger. */
        private const val LEAST_LEVEL = 1

        /** Of an index, in bytes. */
        private fun width(entries: Int) = when {
            entries <= 1 shl 8 -> 1
            entries <= 1 shl 16 -> 2
            else -> 3
        }
    }
}
