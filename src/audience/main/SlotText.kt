package twitchactors.audience

import twitchactors.domain.Runs
import twitchactors.domain.SlotSets

/** Sets of slots as text, as [Runs] has it. */
internal object SlotText {
    /** @param slots ascending, each once */
    fun of(slots: List<Int>): String {
        val runs = IntArray(SlotSets.MAX_RUNS)
        var count = 0
        for (slot in slots) {
            if (count > 0 && SlotSets.last(runs[count - 1]) == slot - 1) runs[count - 1]++ else runs[count++] = SlotSets.run(slot, slot)
        }
        return Runs.text(runs, count)
    }
}
