package twitchactors.simulator

/** Sorts numbers of [Names] bytewise without an object per name: by the first seven characters packed into a long, then in full. */
internal object NameOrder {
    /** The order of entries 0 until [count], each with the name [nameOf] gives: an array of entries. */
    fun of(names: Names, count: Int, nameOf: (Int) -> Int): IntArray {
        val keys = LongArray(count) { prefix(names, nameOf(it)) shl INDEX_BITS or it.toLong() }
        keys.sort()
        val order = IntArray(count) { keys[it].toInt() and INDEX_MASK }
        val spare = IntArray(count)
        var from = 0
        while (from < count) {
            var to = from + 1
            while (to < count && keys[to] ushr INDEX_BITS == keys[from] ushr INDEX_BITS) to++
            if (to - from > 1) mergeSort(order, spare, from, to) { one, other -> names.compare(nameOf(one), nameOf(other)) }
            from = to
        }
        return order
    }

    /** Seven characters in base 38, 0 for the end: 37 bits. */
    private fun prefix(names: Names, number: Int): Long {
        var key = 0L
        for (at in 0 until PREFIX) key = key * RADIX + DIGIT[names.byteAt(number, at)]
        return key
    }

    private fun mergeSort(order: IntArray, spare: IntArray, from: Int, to: Int, compare: (Int, Int) -> Int) {
        if (to - from < 2) return
        val middle = (from + to) ushr 1
        mergeSort(order, spare, from, middle, compare)
        mergeSort(order, spare, middle, to, compare)
        System.arraycopy(order, from, spare, from, to - from)
        var left = from
        var right = middle
        for (at in from until to) {
            order[at] = if (right >= to || (left < middle && compare(spare[left], spare[right]) <= 0)) spare[left++] else spare[right++]
        }
    }

    private const val PREFIX = 7
    private const val RADIX = 38L
    private const val INDEX_BITS = 24
    private const val INDEX_MASK = (1 shl INDEX_BITS) - 1

    /** Rank of a login's character in byte order; 0 for the end of a name. */
    private val DIGIT = IntArray(128).also { digit ->
        "0123456789_abcdefghijklmnopqrstuvwxyz".forEachIndexed { rank, char -> digit[char.code] = rank + 1 }
    }
}
