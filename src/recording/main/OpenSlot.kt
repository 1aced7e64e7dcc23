package twitchactors.recording

import twitchactors.domain.Day
import twitchactors.domain.Slot
import twitchactors.topics.wire.Sample

/**
 * The samples of one slot that wait to be written.
 *
 * @param isLate true when the slot was over before the first of them came
 */
internal class OpenSlot(val day: Day, val slot: Slot, val isLate: Boolean, partitions: Int) {
    val samples = ArrayList<Sample>()

    /** By partition the first record that has to be read again if this is never written. */
    val firstOffsets = LongArray(partitions) { Long.MAX_VALUE }
    var bytes = 0L
        private set

    /** When the last one came, in milliseconds since 1970. */
    var lastAt = 0L
        private set

    /** True when whoever feeds the day has said that nothing more comes. */
    var isClosed = false

    val endsAt: Long get() = slot.startsAt(day) + Slot.SECONDS

    fun add(sample: Sample, partition: Int, offset: Long, at: Long) {
        samples += sample
        firstOffsets[partition] = minOf(firstOffsets[partition], offset)
        bytes += sample.logins.size() + OVERHEAD
        lastAt = maxOf(lastAt, at)
    }

    private companion object {
        /** About what a sample needs besides its logins. */
        const val OVERHEAD = 1024
    }
}
