package twitchactors.audience

/**
 * How many viewers each two of some streamers share, counted twice: all viewers, and those who are no bots. Only what is shared takes
 * room: about 24 bytes for each two. Not safe for use by several threads.
 */
internal class PairCounts {
    /** Open addressing: 0 is free, else the two numbers, the smaller one in the upper half, and 1 more. */
    private var keys = LongArray(FIRST_ROOM)
    private var all = IntArray(FIRST_ROOM)
    private var people = IntArray(FIRST_ROOM)

    /** How many pairs share anybody. */
    var size = 0
        private set

    /** Counts a viewer that [a] and [b] share, two different numbers. */
    fun add(a: Int, b: Int, isBot: Boolean) {
        val key = key(minOf(a, b), maxOf(a, b))
        var at = indexOf(key)
        if (keys[at] == 0L) {
            if (size + 1 > keys.size / 3 * 2) {
                grow()
                at = indexOf(key)
            }
            keys[at] = key
            size++
        }
        all[at]++
        if (!isBot) people[at]++
    }

    /** Gives each two that share anybody to [visit], the smaller number first, in no order. */
    private inline fun forEach(visit: (a: Int, b: Int, all: Int, people: Int) -> Unit) {
        for (at in keys.indices) {
            if (keys[at] == 0L) continue
            val pair = keys[at] - 1
            visit((pair ushr Int.SIZE_BITS).toInt(), pair.toInt(), all[at], people[at])
        }
    }

    /** All pairs, by where their numbers stand in [order], sorted. */
    fun shared(order: List<Int>): List<DayAudience.Shared> {
        val rank = IntArray(order.size).also { rank -> order.forEachIndexed { at, number -> rank[number] = at } }
        val shared = ArrayList<DayAudience.Shared>(size)
        forEach { a, b, all, people -> shared += DayAudience.Shared(minOf(rank[a], rank[b]), maxOf(rank[a], rank[b]), all, people) }
        return shared.sortedWith(compareBy({ it.a }, { it.b }))
    }

    private fun key(a: Int, b: Int) = (a.toLong() shl Int.SIZE_BITS or b.toLong()) + 1

    private fun indexOf(key: Long): Int {
        val mask = keys.size - 1
        val mixed = key * -0x61c8864680b583ebL
        var at = (mixed xor (mixed ushr Int.SIZE_BITS)).toInt() and mask
        while (keys[at] != 0L && keys[at] != key) at = (at + 1) and mask
        return at
    }

    private fun grow() {
        val (oldKeys, oldAll, oldPeople) = Triple(keys, all, people)
        keys = LongArray(oldKeys.size * 2)
        all = IntArray(keys.size)
        people = IntArray(keys.size)
        for (old in oldKeys.indices) {
            if (oldKeys[old] == 0L) continue
            val at = indexOf(oldKeys[old])
            keys[at] = oldKeys[old]
            all[at] = oldAll[old]
            people[at] = oldPeople[old]
        }
    }

    private companion object {
        /** A power of two. */
        const val FIRST_ROOM = 1024
    }
}
