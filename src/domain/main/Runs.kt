package twitchactors.domain

/**
 * Runs of slots as text, for example `12-40,55`: ascending, apart from each other, a run of one slot as its number alone.
 * Equal sets of slots have equal texts.
 */
object Runs {
    /** Appends the first [count] of [runs], packed and ordered as [SlotSets.runs] gives them, to [out]. */
    fun write(runs: IntArray, count: Int, out: ByteSink) {
        for (i in 0 until count) {
            if (i > 0) out.byte(','.code)
            out.bytes(NUMBERS[SlotSets.first(runs[i])])
            if (SlotSets.length(runs[i]) > 1) {
                out.byte('-'.code)
                out.bytes(NUMBERS[SlotSets.last(runs[i])])
            }
        }
    }

    /** The text of the first [count] of [runs]; see [write]. */
    fun text(runs: IntArray, count: Int): String {
        val out = ByteSink(count * LONGEST)
        write(runs, count, out)
        return String(out.array, 0, out.size, Charsets.US_ASCII)
    }

    /**
     * Writes the runs that [text] says to [target], as [SlotSets.runs] does; returns how many, 1 or more. [target] has room for
     * [SlotSets.MAX_RUNS].
     *
     * @throws DamagedForm when [text] is none that [write] could have written
     */
    fun read(text: String, target: IntArray): Int {
        var count = 0
        var at = 0
        var end = -2
        while (true) {
            val dash = number(text, at)
            val first = slot(text, at, dash)
            var last = first
            at = dash
            if (at < text.length && text[at] == '-') {
                val comma = number(text, at + 1)
                last = slot(text, at + 1, comma)
                if (last <= first) damaged(text)
                at = comma
            }
            if (first <= end + 1) damaged(text)
            end = last
            target[count++] = SlotSets.run(first, last)
            if (at == text.length) return count
            if (text[at++] != ',') damaged(text)
        }
    }

    /** Where the digits that start at [from] end. */
    private fun number(text: String, from: Int): Int {
        var at = from
        while (at < text.length && text[at] in '0'..'9') at++
        return at
    }

    private fun slot(text: String, from: Int, to: Int): Int {
        if (to == from || to - from > 3 || (text[from] == '0' && to - from > 1)) damaged(text)
        var slot = 0
        for (at in from until to) slot = slot * 10 + (text[at] - '0')
        if (slot >= Slot.PER_DAY) damaged(text)
        return slot
    }

    private fun damaged(text: String): Nothing = throw DamagedForm("these are no runs of slots: ${text.take(40)}")

    /** `287-287,` */
    private const val LONGEST = 8
    private val NUMBERS = Array(Slot.PER_DAY) { "$it".toByteArray(Charsets.US_ASCII) }
}
