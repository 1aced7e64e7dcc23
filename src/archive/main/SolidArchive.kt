package twitchactors.archive

import org.tukaani.xz.ArrayCache
import org.tukaani.xz.FinishableOutputStream
import org.tukaani.xz.LZMA2Options
import twitchactors.domain.ByteSink
import java.io.Closeable
import java.nio.ByteBuffer
import java.nio.ByteOrder
import java.nio.channels.FileChannel
import java.nio.file.Path
import java.nio.file.StandardOpenOption.CREATE
import java.nio.file.StandardOpenOption.TRUNCATE_EXISTING
import java.nio.file.StandardOpenOption.WRITE
import java.util.zip.CRC32

/**
 * Writes a .7z whose entries are one LZMA2 stream, so that what an entry has in common with the one before takes next to nothing:
 * neighbouring sample files differ by a tenth. The libraries at hand compress each entry by itself; docs/decisions/0030 has the
 * figures. The file is no archive before [finish]. For one thread.
 *
 * @param file overwritten
 */
internal class SolidArchive(file: Path) : Closeable {
    private class Entry(val name: String, val size: Long, val crc: Int)

    private val channel = FileChannel.open(file, CREATE, TRUNCATE_EXISTING, WRITE)
    private val packed = Packed()
    private val stream = OPTIONS.getOutputStream(packed, ArrayCache.getDefaultCache())
    private val entries = ArrayList<Entry>()

    init {
        // Zeros where the start belongs: what was not finished is no archive.
        channel.write(ByteBuffer.allocate(START))
    }

    /** Adds the entry [name], which holds `content[0, length)`, at least one byte. */
    fun add(name: String, content: ByteArray, length: Int = content.size) {
        require(length > 0) { "$name: an entry without a byte is written in another way, which nothing here needs" }
        stream.write(content, 0, length)
        entries += Entry(name, length.toLong(), crc(content, 0, length))
    }

    /** Writes what makes it an archive; all of it is on disk when this returns. There is at least one entry. */
    fun finish() {
        check(entries.isNotEmpty()) { "an archive without an entry" }
        stream.finish()
        packed.flush()
        val header = header()
        packed.write(header.array, 0, header.size)
        packed.flush()
        channel.force(false)
        val next = ByteBuffer.allocate(NEXT).order(ByteOrder.LITTLE_ENDIAN)
        next.putLong(packed.count - header.size).putLong(header.size.toLong()).putInt(crc(header.array, 0, header.size))
        val start = ByteBuffer.allocate(START).order(ByteOrder.LITTLE_ENDIAN)
        start.put(SIGNATURE).put(VERSION).putInt(crc(next.array(), 0, NEXT)).put(next.array()).flip()
        channel.write(start, 0)
        channel.force(true)
    }

    override fun close() = channel.close()

    /** By the format's own description: pack streams, coders, sizes and checksums of the entries, names. */
    private fun header() = ByteSink(1 shl 14).apply {
        val header = this
        header.byte(HEADER)
        header.byte(STREAMS)
        header.byte(PACK_INFO)
        header.number(0)
        header.number(1)
        header.byte(SIZE)
        header.number(packed.count)
        header.byte(END)
        header.byte(CODERS_INFO)
        header.byte(FOLDER)
        header.number(1)
        header.byte(NOT_EXTERNAL)
        header.number(1)
        header.byte(CODER_WITH_PROPERTIES)
        header.byte(LZMA2)
        header.number(1)
        header.byte(DICTIONARY_4_MIB)
        header.byte(CODERS_UNPACK_SIZE)
        header.number(entries.sumOf { it.size })
        header.byte(END)
        header.byte(SUBSTREAMS_INFO)
        header.byte(UNPACK_STREAMS)
        header.number(entries.size.toLong())
        if (entries.size > 1) {
            header.byte(SIZE)
            entries.dropLast(1).forEach { header.number(it.size) }
        }
        header.byte(CRC)
        header.byte(ALL_DEFINED)
        entries.forEach { header.int(it.crc) }
        header.byte(END)
        header.byte(END)
        header.byte(FILES_INFO)
        header.number(entries.size.toLong())
        val names = entries.joinToString("") { "${it.name}\u0000" }.toByteArray(Charsets.UTF_16LE)
        header.byte(NAMES)
        header.number(names.size + 1L)
        header.byte(NOT_EXTERNAL)
        header.bytes(names)
        header.byte(END)
        header.byte(END)
    }

    /** What is compressed, on its way to the file. */
    private inner class Packed : FinishableOutputStream() {
        private val buffer = ByteBuffer.allocate(BUFFER)

        /** Bytes so far. */
        var count = 0L
            private set

        override fun write(byte: Int) = write(byteArrayOf(byte.toByte()), 0, 1)

        override fun write(bytes: ByteArray, from: Int, length: Int) {
            var at = from
            while (at < from + length) {
                if (!buffer.hasRemaining()) flush()
                val some = minOf(buffer.remaining(), from + length - at)
                buffer.put(bytes, at, some)
                at += some
            }
            count += length
        }

        override fun flush() {
            buffer.flip()
            while (buffer.hasRemaining()) channel.write(buffer)
            buffer.clear()
        }
    }

    private companion object {
        const val BUFFER = 1 shl 16
        val SIGNATURE = byteArrayOf('7'.code.toByte(), 'z'.code.toByte(), 0xBC.toByte(), 0xAF.toByte(), 0x27, 0x1C)
        val VERSION = byteArrayOf(0, 4)
        const val START = 32
        const val NEXT = 20

        const val END = 0x00
        const val HEADER = 0x01
        const val STREAMS = 0x04
        const val FILES_INFO = 0x05
        const val PACK_INFO = 0x06
        const val CODERS_INFO = 0x07
        const val SUBSTREAMS_INFO = 0x08
        const val SIZE = 0x09
        const val CRC = 0x0A
        const val FOLDER = 0x0B
        const val CODERS_UNPACK_SIZE = 0x0C
        const val UNPACK_STREAMS = 0x0D
        const val NAMES = 0x11
        const val NOT_EXTERNAL = 0
        const val ALL_DEFINED = 1

        /** One byte of id, and properties. */
        const val CODER_WITH_PROPERTIES = 0x21
        const val LZMA2 = 0x21
        const val DICTIONARY_4_MIB = 20

        /** Reaches back over the three files before; more of it gave nothing and takes memory: this takes 46 MiB. */
        val OPTIONS = LZMA2Options().apply {
            dictSize = 4 shl 20
            setMode(LZMA2Options.MODE_NORMAL)
            matchFinder = LZMA2Options.MF_BT4
            niceLen = 64
        }

        fun crc(bytes: ByteArray, from: Int, length: Int) = CRC32().apply { update(bytes, from, length) }.value.toInt()

        /** A number as 7z has it: as many leading ones in the first byte as bytes follow, least significant first. */
        fun ByteSink.number(value: Long) {
            var first = 0
            var mask = 0x80
            var bytes = 0
            while (bytes < Long.SIZE_BYTES) {
                if (value ushr 7 * (bytes + 1) == 0L) {
                    first = first or (value ushr Byte.SIZE_BITS * bytes).toInt()
                    break
                }
                first = first or mask
                mask = mask ushr 1
                bytes++
            }
            byte(first)
            for (i in 0 until bytes) byte((value ushr Byte.SIZE_BITS * i).toInt() and 0xff)
        }
    }
}
