package twitchactors.domain

import java.util.zip.CRC32C

/**
 * The binary form of an [OpenDay], for checkpoints. Equal days have equal bytes, whatever their history.
 *
 * Version 1: `TAVD`, the version, the day (days since 1970), the streamers, the viewers sorted, each as what differs from the one
 * before, with its pairs: streamer, runs as distances; then CRC-32C of all before it, least significant byte first. Numbers
 * are LEB128 where nothing else is said.
 */
object OpenDayForm {
    private val MAGIC = "TAVD".toByteArray(Charsets.US_ASCII)
    private const val VERSION = 1
    private const val CHECKSUM = 4

    /** Appends the form of [day] to [out]. */
    fun write(day: OpenDay, out: ByteSink) {
        val from = out.size
        out.bytes(MAGIC)
        out.byte(VERSION)
        out.varint(day.day.epochDay.toLong())
        val streamers = day.sortedStreamers
        out.varint(streamers.size.toLong())
        for (streamer in streamers) {
            out.byte(streamer.name.length)
            out.bytes(streamer.name.toByteArray(Charsets.US_ASCII))
        }
        out.varint(day.viewerCount.toLong())
        day.forEach(Viewers(out))
        out.byte(END_OF_VIEWER)
        val crc = CRC32C()
        crc.update(out.array, from, out.size - from)
        out.int(crc.value.toInt())
    }

    /**
     * Reads the form that is `bytes[from, to)`; viewers who are not admitted are left out.
     *
     * @throws DamagedForm when it is none that this version can read
     */
    fun read(bytes: ByteArray, from: Int = 0, to: Int = bytes.size, admits: LoginFilter = LoginFilter.All): OpenDay {
        val cursor = cursor(bytes, from, to)
        val day = OpenDay(cursor.day, admits)
        val numbers = cursor.streamers.map(day::streamer)
        while (cursor.next()) {
            cursor.pairs { viewer, length, streamer, runs, count ->
                for (i in 0 until count) {
                    day.addRun(viewer, 0, length, numbers[streamer], SlotSets.first(runs[i]), SlotSets.last(runs[i]))
                }
            }
        }
        return day
    }

    /** A [ViewerCursor] over the form that is `bytes[from, to)`; checked as by [read]. */
    fun cursor(bytes: ByteArray, from: Int = 0, to: Int = bytes.size): ViewerCursor {
        if (to - from < MAGIC.size + 1 + CHECKSUM || MAGIC.indices.any { bytes[from + it] != MAGIC[it] }) {
            throw DamagedForm("this is not the form of a day")
        }
        val version = bytes[from + MAGIC.size].toInt()
        if (version != VERSION) throw DamagedForm("the form of a day has version $version; this program reads version $VERSION")
        val crc = CRC32C()
        crc.update(bytes, from, to - from - CHECKSUM)
        var stored = 0
        for (i in 1..CHECKSUM) stored = (stored shl Byte.SIZE_BITS) or (bytes[to - i].toInt() and 0xff)
        if (crc.value.toInt() != stored) throw DamagedForm("the form of a day is damaged: its checksum does not fit")
        return ViewerCursor(bytes, from + MAGIC.size + 1)
    }

    /** Between viewers; a pair begins with its streamer's distance + 1. */
    internal const val END_OF_VIEWER = 0

    /** Writes pairs; the viewer is written before its first. */
    private class Viewers(private val out: ByteSink) : PairSink {
        private val last = ByteArray(LoginWords.BYTES)
        private var lastLength = -1
        private var lastStreamer = -1

        override fun row(viewer: ByteArray, length: Int, streamer: Int, runs: IntArray, count: Int) {
            if (lastLength < 0 || !java.util.Arrays.equals(viewer, 0, length, last, 0, lastLength)) viewer(viewer, length)
            out.varint((streamer - lastStreamer).toLong())
            lastStreamer = streamer
            out.varint(count.toLong())
            var end = -1
            for (i in 0 until count) {
                out.varint((SlotSets.first(runs[i]) - end - 1).toLong())
                out.varint((SlotSets.length(runs[i]) - 1).toLong())
                end = SlotSets.last(runs[i])
            }
        }

        private fun viewer(viewer: ByteArray, length: Int) {
            if (lastLength >= 0) out.byte(END_OF_VIEWER)
            var shared = 0
            while (shared < minOf(length, lastLength) && viewer[shared] == last[shared]) shared++
            out.byte(shared)
            out.byte(length - shared)
            out.bytes(viewer, shared, length - shared)
            System.arraycopy(viewer, 0, last, 0, length)
            lastLength = length
            lastStreamer = -1
        }
    }
}
