package twitchactors.archive

import twitchactors.domain.ByteSink
import twitchactors.domain.Day
import java.io.OutputStream

/**
 * Writes viewer-days as Apache Parquet, a row group per part: viewer, streamer, samples, minutes, first_slot, last_slot and
 * runs, a list of {first, last}. An encoder of our own, for what it writes is so regular that encoding is little more than
 * copying; docs/decisions has the measurements against libraries.
 */
internal class ParquetWriter(
    private val out: OutputStream,
    private val day: Day,
    private val streamers: List<ByteArray>,
    private val layout: ParquetLayout,
) : ViewerDayWriter {
    private class RowGroup(val at: Long, val rows: Int, val size: Int, val columns: List<ParquetPart.ColumnChunk>)

    private class Field(
        val name: String,
        val type: Int? = null,
        val repetition: Int? = null,
        val children: Int? = null,
        val text: Boolean = false,
        val list: Boolean = false,
    )

    private class Leaf(val path: List<String>, val type: Int)

    private val rowGroups = ArrayList<RowGroup>()
    private var at = MAGIC.size.toLong()

    init {
        out.write(MAGIC)
    }

    override val rowsPerPart: Int get() = layout.rowsPerPart

    override fun encoder(): PartEncoder = ParquetPart(streamers, layout)

    override fun append(encoder: PartEncoder) {
        val part = encoder as ParquetPart
        if (part.rows > 0) {
            out.write(part.pages.array, 0, part.pages.size)
            rowGroups += RowGroup(at, part.rows, part.pages.size, ArrayList(part.columns))
            at += part.pages.size
        }
        part.clear()
    }

    override fun close() {
        val footer = ByteSink(1 shl 12)
        ThriftCompact(footer).nested { fileMetaData() }
        footer.int(footer.size)
        footer.bytes(MAGIC)
        out.write(footer.array, 0, footer.size)
    }

    private fun ThriftCompact.fileMetaData() {
        i32(1, 2)
        structs(2, SCHEMA) { schemaElement(it) }
        i64(3, rowGroups.sumOf { it.rows.toLong() })
        structs(4, rowGroups) { rowGroup(it) }
        structs(5, listOf("day" to day.toString())) { (key, value) ->
            text(1, key)
            text(2, value)
        }
        text(6, "TwitchActors")
        structs(7, LEAVES) { struct(1) {} }
    }

    private fun ThriftCompact.schemaElement(field: Field) {
        field.type?.let { i32(1, it) }
        field.repetition?.let { i32(3, it) }
        text(4, field.name)
        field.children?.let { i32(5, it) }
        if (field.text) i32(6, CONVERTED_UTF8)
        if (field.list) i32(6, CONVERTED_LIST)
        if (field.text) struct(10) { struct(LOGICAL_STRING) {} }
        if (field.list) struct(10) { struct(LOGICAL_LIST) {} }
    }

    private fun ThriftCompact.rowGroup(group: RowGroup) {
        structs(1, LEAVES.zip(group.columns)) { (leaf, chunk) ->
            i64(2, group.at + (chunk.dictionaryAt ?: chunk.dataAt))
            struct(3) { columnMetaData(group, leaf, chunk) }
        }
        i64(2, group.columns.sumOf { it.uncompressed.toLong() })
        i64(3, group.rows.toLong())
        structs(4, if (layout == ParquetLayout.BY_STREAMER) SORTED_BY_STREAMER else SORTED_BY_VIEWER) { column ->
            i32(1, column)
            bool(2, false)
            bool(3, false)
        }
        i64(5, group.at)
        i64(6, group.size.toLong())
    }

    private fun ThriftCompact.columnMetaData(group: RowGroup, leaf: Leaf, chunk: ParquetPart.ColumnChunk) {
        val start = chunk.dictionaryAt ?: chunk.dataAt
        i32(1, leaf.type)
        i32s(2, if (chunk.dictionaryAt == null) SUFFIXES else DICTIONARY)
        texts(3, leaf.path)
        i32(4, CODEC_ZSTD)
        i64(5, chunk.values.toLong())
        i64(6, chunk.uncompressed.toLong())
        i64(7, (chunk.end - start).toLong())
        i64(9, group.at + chunk.dataAt)
        chunk.dictionaryAt?.let { i64(11, group.at + it) }
        chunk.bounds?.let { (least, greatest) ->
            struct(12) {
                i64(3, 0)
                binary(5, greatest)
                binary(6, least)
            }
        }
    }

    private companion object {
        val MAGIC = "PAR1".toByteArray(Charsets.US_ASCII)
        const val TYPE_INT32 = 1
        const val TYPE_BYTE_ARRAY = 6
        const val REQUIRED = 0
        const val REPEATED = 2
        const val CONVERTED_UTF8 = 0
        const val CONVERTED_LIST = 3
        const val LOGICAL_STRING = 1
        const val LOGICAL_LIST = 3
        const val CODEC_ZSTD = 6

        val SCHEMA = listOf(
            Field("viewer_days", children = 7),
            Field("viewer", TYPE_BYTE_ARRAY, REQUIRED, text = true),
            Field("streamer", TYPE_BYTE_ARRAY, REQUIRED, text = true),
            Field("samples", TYPE_INT32, REQUIRED),
            Field("minutes", TYPE_INT32, REQUIRED),
            Field("first_slot", TYPE_INT32, REQUIRED),
            Field("last_slot", TYPE_INT32, REQUIRED),
            Field("runs", repetition = REQUIRED, children = 1, list = true),
            Field("list", repetition = REPEATED, children = 1),
            Field("element", repetition = REQUIRED, children = 2),
            Field("first", TYPE_INT32, REQUIRED),
            Field("last", TYPE_INT32, REQUIRED),
        )

        val DICTIONARY = listOf(ParquetPart.ENCODING_PLAIN, ParquetPart.ENCODING_RLE, ParquetPart.ENCODING_RLE_DICTIONARY)
        val SUFFIXES = listOf(ParquetPart.ENCODING_RLE, ParquetPart.ENCODING_DELTA_BYTE_ARRAY)
        val LEAVES = listOf(
            Leaf(listOf("viewer"), TYPE_BYTE_ARRAY),
            Leaf(listOf("streamer"), TYPE_BYTE_ARRAY),
            Leaf(listOf("samples"), TYPE_INT32),
            Leaf(listOf("minutes"), TYPE_INT32),
            Leaf(listOf("first_slot"), TYPE_INT32),
            Leaf(listOf("last_slot"), TYPE_INT32),
            Leaf(listOf("runs", "list", "element", "first"), TYPE_INT32),
            Leaf(listOf("runs", "list", "element", "last"), TYPE_INT32),
        )

        /** Places in [LEAVES] of the columns that rows are sorted by. */
        val SORTED_BY_VIEWER = listOf(0, 1)
        val SORTED_BY_STREAMER = listOf(1, 4, 5, 2)
    }
}
