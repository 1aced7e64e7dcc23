package twitchactors.collect

import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.Slot
import java.util.BitSet

/** Which (streamer, slot) of one day have come. For one actor. */
class DayLedger(val day: Day) {
    private val seen = HashMap<Login, BitSet>()

    /** Polls of which chunks are still missing. */
    private val inParts = HashMap<String, BitSet>()
    private val slotsWithAny = BitSet(Slot.PER_DAY)

    /** Notes [polled], which counts when all its chunks have come. */
    fun take(polled: SampleNote.Polled) {
        if (polled.chunks > 1) {
            val chunks = inParts.getOrPut(polled.poll) { BitSet(polled.chunks) }
            chunks.set(polled.chunk)
            if (chunks.cardinality() < polled.chunks) return
            inParts.remove(polled.poll)
        }
        seen.getOrPut(polled.streamer) { BitSet(Slot.PER_DAY) }.set(polled.slot)
        slotsWithAny.set(polled.slot)
    }

    fun has(streamer: Login, slot: Int): Boolean = seen[streamer]?.get(slot) == true

    /** Whether anything at all has come of [slot]. */
    fun hasAny(slot: Int): Boolean = slotsWithAny[slot]
}
