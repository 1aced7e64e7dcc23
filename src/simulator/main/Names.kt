package twitchactors.simulator

/**
 * The logins of a world, one after the other in one byte array: streamers first, then accounts. All are different. A name
 * depends on (seed, number) and, where two would be equal, on the names before it.
 */
class Names private constructor(private val bytes: ByteArray, private val starts: IntArray) {
    val count: Int get() = starts.size - 1

    operator fun get(number: Int): String = String(bytes, starts[number], length(number), Charsets.US_ASCII)

    fun length(number: Int): Int = starts[number + 1] - starts[number]

    /** Appends the name to [sink]. */
    fun appendTo(sink: twitchactors.domain.ByteSink, number: Int) = sink.bytes(bytes, starts[number], length(number))

    internal fun putTo(sink: ByteSink, number: Int) = sink.put(bytes, starts[number], length(number))

    /** Character [at] of the name, 0 after its end. */
    internal fun byteAt(number: Int, at: Int): Int = if (at < length(number)) bytes[starts[number] + at].toInt() else 0

    /** Bytewise order, a prefix before what it begins. */
    fun compare(one: Int, other: Int): Int =
        java.util.Arrays.compareUnsigned(bytes, starts[one], starts[one + 1], bytes, starts[other], starts[other + 1])

    internal companion object {
        /** Names for [streamers], then [bots], then as many accounts as make [count] in all. */
        fun make(draws: Draws, streamers: Int, bots: Int, count: Int): Names {
            val maker = NameMaker(draws)
            val sink = ByteSink(count * 12 + 64)
            val starts = IntArray(count + 1)
            val table = IntArray(Integer.highestOneBit(maxOf(count, 8)) * 4) { -1 }
            for (number in 0 until count) {
                val kind = when {
                    number < streamers -> NameMaker.Kind.STREAMER
                    number < streamers + bots -> NameMaker.Kind.BOT
                    else -> NameMaker.Kind.VIEWER
                }
                var attempt = 0
                do {
                    sink.cut(starts[number])
                    maker.make(kind, number, attempt++, sink)
                } while (!intern(table, sink, starts, number))
                starts[number + 1] = sink.size
            }
            return Names(sink.bytes.copyOf(sink.size), starts)
        }

        /** Enters the name that ends [sink] into the open-addressing [table]; false when an equal one is there. */
        private fun intern(table: IntArray, sink: ByteSink, starts: IntArray, number: Int): Boolean {
            val from = starts[number]
            var hash = 0L
            for (at in from until sink.size) hash = hash * 31 + sink.bytes[at]
            var cell = SplitMix64.mix(hash).toInt() and (table.size - 1)
            while (table[cell] >= 0) {
                val other = table[cell]
                if (java.util.Arrays.equals(sink.bytes, starts[other], starts[other + 1], sink.bytes, from, sink.size)) return false
                cell = (cell + 1) and (table.size - 1)
            }
            table[cell] = number
            return true
        }
    }
}
