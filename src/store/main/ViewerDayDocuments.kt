package twitchactors.store

import twitchactors.domain.ByteSink
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.OpenDay
import twitchactors.domain.PairSink
import twitchactors.domain.Runs
import twitchactors.domain.Slot
import twitchactors.domain.SlotSets
import java.util.Arrays

/**
 * Makes the documents of viewer-days from sorted pairs, as BSON one behind the other: about 130 bytes per viewer and no object.
 * Not safe for use by several threads while it takes rows.
 *
 * @param streamers those of the rows, as [OpenDay.sortedStreamers]
 */
class ViewerDayDocuments(day: Day, val revision: Int, streamers: List<Login>) : PairSink {
    private val out = ByteSink(1 shl 16)
    private var starts = IntArray(1024)
    private val names = streamers.map { it.name.toByteArray(Charsets.US_ASCII) }
    private val day = "|$day".toByteArray(Charsets.US_ASCII)

    /** The viewer of the document that is being written. */
    private val viewer = ByteArray(Login.MAX_LENGTH)
    private var length = 0
    private var seen = 0
    private val slots = LongArray((Slot.PER_DAY + Long.SIZE_BITS - 1) / Long.SIZE_BITS)

    /** Distinct viewers so far. */
    var size = 0
        private set

    /** The bytes of all finished documents. */
    val bytes: Int get() = out.size

    override fun row(viewer: ByteArray, length: Int, streamer: Int, runs: IntArray, count: Int) {
        if (this.length == 0 || !Arrays.equals(viewer, 0, length, this.viewer, 0, this.length)) {
            finish()
            begin(viewer, length)
        }
        out.byte(STRING)
        out.bytes(names[streamer])
        out.byte(0)
        val at = out.size
        out.int(0)
        Runs.write(runs, count, out)
        out.byte(0)
        set(at, out.size - at - Int.SIZE_BYTES)
        for (i in 0 until count) {
            for (slot in SlotSets.first(runs[i])..SlotSets.last(runs[i])) slots[slot shr 6] = slots[slot shr 6] or (1L shl slot)
        }
    }

    /** All documents, [size] by [size] (the last ones fewer), in the order of their rows. No rows may follow. */
    fun batches(size: Int = ViewerDays.BATCH): List<ViewerDayBatch> {
        finish()
        starts = starts.copyOf(this.size + 1)
        starts[this.size] = out.size
        return (0 until this.size step size).map { ViewerDayBatch(revision, out.array, starts, it, minOf(it + size, this.size)) }
    }

    private fun begin(viewer: ByteArray, length: Int) {
        if (size == starts.size) starts = starts.copyOf(size + (size shr 1))
        starts[size++] = out.size
        out.int(0)
        out.byte(STRING)
        out.bytes(ID)
        out.int(length + day.size + 1)
        out.bytes(viewer, 0, length)
        out.bytes(day)
        out.byte(0)
        out.byte(DOCUMENT)
        out.bytes(S)
        seen = out.size
        out.int(0)
        System.arraycopy(viewer, 0, this.viewer, 0, length)
        this.length = length
    }

    private fun finish() {
        if (length == 0) return
        out.byte(0)
        set(seen, out.size - seen)
        out.byte(INT32)
        out.bytes(M)
        out.int(slots.sumOf { it.countOneBits() } * Slot.MINUTES)
        out.byte(INT32)
        out.bytes(R)
        out.int(revision)
        out.byte(0)
        set(starts[size - 1], out.size - starts[size - 1])
        slots.fill(0)
        length = 0
    }

    /** Puts [value] where room was left for it. */
    private fun set(at: Int, value: Int) {
        for (i in 0 until Int.SIZE_BYTES) out.array[at + i] = (value shr i * Byte.SIZE_BITS).toByte()
    }

    companion object {
        private const val STRING = 0x02
        private const val DOCUMENT = 0x03
        private const val INT32 = 0x10
        private val ID = "_id\u0000".toByteArray()
        private val S = "s\u0000".toByteArray()
        private val M = "m\u0000".toByteArray()
        private val R = "r\u0000".toByteArray()

        /** The documents of all viewers of [day]. */
        fun of(day: OpenDay, revision: Int): ViewerDayDocuments =
            ViewerDayDocuments(day.day, revision, day.sortedStreamers).also(day::forEach)
    }
}
