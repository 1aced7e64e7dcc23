package twitchactors.archive

import twitchactors.domain.Login
import twitchactors.domain.Slot
import java.util.BitSet

/** What a day's good files cover: slots, samples and gaps, in any order of the files. For one thread at a time. */
class DayCoverage {
    private val samples = HashMap<Login, BitSet>()
    private val gaps = HashMap<Login, BitSet>()
    private val goodSlots = BitSet(Slot.PER_DAY)

    /** The first bad values, as `file: streamer: reason`. */
    val badValues = ArrayList<String>()
    var badValueCount = 0
        private set
    var goodFiles = 0
        private set

    /** Names that are no login, in the place of a streamer. */
    var keysDropped = 0L
        private set

    /** Takes in what [scan] found in [file]. */
    fun add(file: SampleFileName, scan: SampleScan) {
        val slot = file.slot.index
        goodFiles++
        goodSlots.set(slot)
        keysDropped += scan.keysDropped
        for (entry in 0 until scan.size) {
            val streamer = scan.streamer(entry)
            (if (scan.isGap(entry)) gaps else samples).getOrPut(streamer) { BitSet(Slot.PER_DAY) }.set(slot)
            val reason = scan.reason(entry) ?: continue
            if (badValueCount++ < BAD_VALUES_KEPT) badValues += "${file.name}: $streamer: $reason"
        }
    }

    val slotsMissing: Int get() = Slot.PER_DAY - goodSlots.cardinality()

    /** Distinct (streamer, slot) with at least one list. */
    val sampleCount: Int get() = samples.values.sumOf { it.cardinality() }

    /** Distinct (streamer, slot) with nothing but `null` or a bad value. */
    val gapCount: Int
        get() = gaps.entries.sumOf { (streamer, slots) ->
            (slots.clone() as BitSet).apply { samples[streamer]?.let { andNot(it) } }.cardinality()
        }

    private companion object {
        const val BAD_VALUES_KEPT = 20
    }
}
