package twitchactors.domain

/**
 * One set of slots for each of the numbers 0, 1, 2, .., kept as runs of consecutive slots. Adding is a union: idempotent,
 * and the order does not matter; slots that arrive in ascending order are the fast case. A set with one run takes 8 bytes,
 * each further run 8 more; at most 144 runs are possible. Not safe for use by several threads.
 *
 * The run that was touched last stands in [heads]; the others hang behind it as a linked list, disjoint and never adjacent.
 */
class SlotSets(expected: Int = 64) {
    /** How many sets there are. */
    var size = 0
        private set

    private var heads = IntArray(maxOf(expected, 16))
    private var links = IntArray(maxOf(expected, 16))

    /** Runs behind the heads; `spareLinks` is the next one, or the next free one. Index 0 is not used: 0 ends a list. */
    private var spares = IntArray(16)
    private var spareLinks = IntArray(16)
    private var sparesUsed = 1
    private var freeSpare = 0

    /** Adds a set that holds [first]..[last]; its number is the [size] before the call. */
    fun addSet(first: Int, last: Int): Int {
        if (size == heads.size) {
            heads = heads.copyOf(size + (size shr 1))
            links = links.copyOf(heads.size)
        }
        heads[size] = run(first, last)
        links[size] = 0
        return size++
    }

    /** Adds [slot] to [set]; true when it was not there. */
    fun add(set: Int, slot: Int): Boolean {
        val head = heads[set]
        if (slot == last(head) + 1) {
            heads[set] = head + 1
            if (links[set] != 0) join(set)
            return true
        }
        if (slot in first(head)..last(head)) return false
        return addApart(set, slot)
    }

    /** Adds the slots [first]..[last] to [set]; true when any was not there. */
    fun addRun(set: Int, first: Int, last: Int): Boolean {
        var added = false
        for (slot in first..last) added = add(set, slot) || added
        return added
    }

    /** How many slots [set] holds. */
    fun count(set: Int): Int {
        var count = length(heads[set])
        var spare = links[set]
        while (spare != 0) {
            count += length(spares[spare])
            spare = spareLinks[spare]
        }
        return count
    }

    /** Writes the runs of [set] to [target], ascending, as [run]s; returns how many. [target] has room for [MAX_RUNS]. */
    fun runs(set: Int, target: IntArray): Int {
        target[0] = heads[set]
        var count = 1
        var spare = links[set]
        while (spare != 0) {
            val run = spares[spare]
            var at = count++
            while (at > 0 && target[at - 1] > run) {
                target[at] = target[at - 1]
                at--
            }
            target[at] = run
            spare = spareLinks[spare]
        }
        return count
    }

    /** Forgets all sets and keeps the room they had. */
    fun clear() {
        size = 0
        sparesUsed = 1
        freeSpare = 0
    }

    /** The bytes of memory that this object holds. */
    val bytes: Long get() = (heads.size + links.size + spares.size + spareLinks.size) * 4L

    /** The rare ways: before the head, or into, beside or between the other runs. The touched run becomes the head. */
    private fun addApart(set: Int, slot: Int): Boolean {
        var spare = links[set]
        while (spare != 0) {
            if (slot in first(spares[spare])..last(spares[spare])) return false
            spare = spareLinks[spare]
        }
        if (slot == first(heads[set]) - 1) {
            heads[set] = run(slot, last(heads[set]))
        } else {
            push(set, heads[set])
            heads[set] = run(slot, slot)
        }
        join(set)
        return true
    }

    /** Takes the runs that touch the head into it. */
    private fun join(set: Int) {
        var before = 0
        var spare = links[set]
        while (spare != 0) {
            val next = spareLinks[spare]
            val run = spares[spare]
            val head = heads[set]
            if (first(run) <= last(head) + 1 && last(run) >= first(head) - 1) {
                heads[set] = run(minOf(first(run), first(head)), maxOf(last(run), last(head)))
                if (before == 0) links[set] = next else spareLinks[before] = next
                spareLinks[spare] = freeSpare
                freeSpare = spare
            } else {
                before = spare
            }
            spare = next
        }
    }

    private fun push(set: Int, run: Int) {
        val spare = if (freeSpare != 0) freeSpare.also { freeSpare = spareLinks[it] } else newSpare()
        spares[spare] = run
        spareLinks[spare] = links[set]
        links[set] = spare
    }

    private fun newSpare(): Int {
        if (sparesUsed == spares.size) {
            spares = spares.copyOf(sparesUsed + (sparesUsed shr 1))
            spareLinks = spareLinks.copyOf(spares.size)
        }
        return sparesUsed++
    }

    companion object {
        /** The most runs that a set of slots can have: every other slot. */
        const val MAX_RUNS = Slot.PER_DAY / 2

        /** A run as one number, ordered by its first slot; adding 1 to it lengthens the run by a slot. */
        fun run(first: Int, last: Int): Int = (first shl Short.SIZE_BITS) or last

        fun first(run: Int): Int = run ushr Short.SIZE_BITS

        fun last(run: Int): Int = run and 0xffff

        /** How many slots [run] holds. */
        fun length(run: Int): Int = last(run) - first(run) + 1
    }
}
