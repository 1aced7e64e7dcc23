package twitchactors.archiver

import twitchactors.archive.DayCoverage
import twitchactors.archive.NotASampleFile
import twitchactors.archive.Rejected
import twitchactors.archive.SampleField
import twitchactors.archive.SampleFields
import twitchactors.archive.SampleFile
import twitchactors.archive.SampleFileReader
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.Slot
import java.util.BitSet

/**
 * What the sample files of a day cover, and what they say of it.
 *
 * @param samples (streamer, slot) with a list of names
 * @param gaps how many (streamer, slot) that were expected have none, by reason
 * @param sources how many samples each source has given
 * @param slots those with a good file
 * @param bySlot for each slot of the day, in their order: how many samples and gaps
 * @param doubled slots with more files than one, where the first is none that had to go on in another
 * @param rejected files that count for nothing
 */
class DaySurvey private constructor(
    val day: Day,
    val samples: Int,
    val gaps: Map<String, Int>,
    val sources: Map<String, Int>,
    val slots: BitSet,
    val bySlot: List<OfSlot>,
    val doubled: List<Slot>,
    val rejected: List<Rejected>,
) {
    /** @param gaps by reason */
    data class OfSlot(val samples: Int, val gaps: Map<String, Int>)

    val gapCount: Int get() = gaps.values.sum()

    /** Slots without a good file. */
    val missing: List<Slot> get() = (0 until Slot.PER_DAY).filterNot(slots::get).map(::Slot)

    private class Reading(private val day: Day) {
        private val reader = SampleFileReader()
        private val coverage = DayCoverage()
        private val sampled = HashMap<Login, BitSet>()
        private val reasons = HashMap<Pair<Login, Int>, String>()
        private val sources = sortedMapOf<String, Int>()
        private val slots = BitSet(Slot.PER_DAY)
        private val rejected = ArrayList<Rejected>()

        fun read(file: SampleFile) {
            val scan = try {
                if (file.name.day != day) throw NotASampleFile("is of another day, ${file.name.day}")
                reader.read(file)
            } catch (bad: NotASampleFile) {
                rejected += Rejected(file.name.name, bad.reason)
                return
            }
            coverage.add(file.name, scan)
            slots.set(file.name.slot.index)
            val fields = SampleFields(reader.bytes, scan)
            var value = -1
            for (entry in 0 until scan.size) {
                val streamer = scan.streamer(entry)
                if (scan.isGap(entry)) {
                    val said = fields.text(entry, SampleField.GAP, REASON) ?: scan.reason(entry)
                    reasons[streamer to file.name.slot.index] = said ?: "the file says null"
                } else {
                    sampled.getOrPut(streamer) { BitSet(Slot.PER_DAY) }.set(file.name.slot.index)
                    if (scan.value(entry) !=
                        value
                    ) {
                        sources.merge(fields.text(entry, SampleField.SOURCE, REASON) ?: "recorded", 1, Int::plus)
                    }
                }
                value = scan.value(entry)
            }
        }

        fun survey(doubled: List<Slot>): DaySurvey {
            val open = reasons.filterKeys { (streamer, slot) -> sampled[streamer]?.get(slot) != true }
            val gaps = open.values.groupingBy { it }.eachCount().toSortedMap()
            return DaySurvey(day, coverage.sampleCount, gaps, sources, slots, bySlot(open), doubled, rejected.sorted())
        }

        private fun bySlot(open: Map<Pair<Login, Int>, String>): List<OfSlot> {
            val samples = IntArray(Slot.PER_DAY)
            sampled.values.forEach { ofStreamer -> ofStreamer.stream().forEach { samples[it]++ } }
            val gaps = open.entries.groupBy({ (at, _) -> at.second }, { (_, reason) -> reason })
            return List(Slot.PER_DAY) { slot -> OfSlot(samples[slot], gaps[slot].orEmpty().groupingBy { it }.eachCount().toSortedMap()) }
        }
    }

    companion object {
        private const val REASON = 100

        /** A file of ours is cut here, and goes on in another one. */
        private const val FULL_BYTES = SampleFile.MAX_BYTES - (2L shl 20)

        /** Reads all [files]. Blocks its caller. */
        fun of(files: List<SampleFile>, day: Day): DaySurvey {
            val reading = Reading(day)
            files.forEach(reading::read)
            val doubled = files.filter { it.name.day == day }.groupBy { it.name.slot }.filterValues { ofSlot ->
                ofSlot.size > 1 && ofSlot.dropLast(1).any { it.path.toFile().length() < FULL_BYTES }
            }
            return reading.survey(doubled.keys.sorted())
        }
    }
}
