package twitchactors.archiver

import twitchactors.domain.Login
import twitchactors.domain.PairSink
import twitchactors.domain.Partitions
import twitchactors.domain.Slot
import twitchactors.domain.SlotSets

/**
 * Sums over all sightings of a day, by viewer partition and by (streamer, slot): where two copies of a day differ, some of their sums
 * do, and tell where. In any order of the rows; a sighting may come once only.
 */
class SightingSums(private val partitions: Partitions) {
    private val byPartition = LongArray(partitions.count)
    private val bySlot = HashMap<Login, LongArray>()

    /** Takes rows whose streamers are indexes in [streamers]. */
    fun sink(streamers: List<Login>): PairSink {
        val cells = streamers.map { login -> bySlot.getOrPut(login) { LongArray(Slot.PER_DAY) } }
        val salts = streamers.map { mix(NameHash.of(it.name.toByteArray(Charsets.US_ASCII), it.name.length)) }
        return PairSink { viewer, length, streamer, runs, count ->
            val name = NameHash.of(viewer, length)
            val partition = partitions.of(viewer, 0, length)
            for (i in 0 until count) {
                for (slot in SlotSets.first(runs[i])..SlotSets.last(runs[i])) {
                    val sighting = mix(name + salts[streamer] + slot)
                    cells[streamer][slot] += sighting
                    byPartition[partition] += sighting
                }
            }
        }
    }

    /** The partitions whose viewers are others here than in [other]. */
    fun partitionsOtherThanIn(other: SightingSums): List<Int> = byPartition.indices.filter { byPartition[it] != other.byPartition[it] }

    /** The streamers, by slot, whose viewers are others here than in [other]. */
    fun placesOtherThanIn(other: SightingSums): Map<Slot, List<Login>> = buildMap<Slot, MutableList<Login>> {
        for (streamer in (bySlot.keys + other.bySlot.keys).sorted()) {
            for (slot in 0 until Slot.PER_DAY) {
                val (here, there) = (bySlot[streamer]?.get(slot) ?: 0) to (other.bySlot[streamer]?.get(slot) ?: 0)
                if (here != there) getOrPut(Slot(slot)) { ArrayList() } += streamer
            }
        }
    }.toSortedMap()

    private companion object {
        /** The last steps of MurmurHash3's 64 bits: each bit of [value] changes about half of the result. */
        fun mix(value: Long): Long {
            var mixed = value
            mixed = (mixed xor (mixed ushr 33)) * -0xae502812aa7333L
            mixed = (mixed xor (mixed ushr 33)) * -0x3b314601e57a13adL
            return mixed xor (mixed ushr 33)
        }
    }
}
