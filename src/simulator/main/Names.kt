package twitchactors.simulator

import twitchactors.domain.ByteSink
import java.util.Arrays

/**
 * The logins of a world, one after the other in one byte array: streamers first, then accounts. All are different. A name
 * depends on (seed, number) and, where two would be equal, on the names before it.
 */
class Names private constructor(private val bytes: ByteArray, private val starts: IntArray) {
    /** Only who looks names up pays for the table: 8 to 16 bytes a name. */
    private val table: Table by lazy { Table(count).also { table -> for (number in 0 until count) table.enter(bytes, starts, number) } }

    val count: Int get() = starts.size - 1

    operator fun get(number: Int): String = String(bytes, starts[number], length(number), Charsets.US_ASCII)

    /** The number of [login]; null when nobody has that name. */
    fun numberOf(login: String): Int? {
        val name = login.toByteArray(Charsets.US_ASCII)
        val cell = table.cell(name, 0, name.size) { Arrays.equals(bytes, starts[it], starts[it + 1], name, 0, name.size) }
        return table.cells[cell].takeIf { it >= 0 }
    }

    fun length(number: Int): Int = starts[number + 1] - starts[number]

    /** Appends the name to [sink]. */
    fun appendTo(sink: ByteSink, number: Int) = sink.bytes(bytes, starts[number], length(number))

    /** Character [at] of the name, 0 after its end. */
    internal fun byteAt(number: Int, at: Int): Int = if (at < length(number)) bytes[starts[number] + at].toInt() else 0

    /** Bytewise order, a prefix before what it begins. */
    fun compare(one: Int, other: Int): Int =
        Arrays.compareUnsigned(bytes, starts[one], starts[one + 1], bytes, starts[other], starts[other + 1])

    /** Open addressing: in each cell the number of a name, or -1. */
    private class Table(count: Int) {
        val cells = IntArray(Integer.highestOneBit(maxOf(count, 8)) * 4) { -1 }

        /** The cell that has the name which [isThat] knows; else the empty one where it belongs. */
        inline fun cell(name: ByteArray, from: Int, to: Int, isThat: (number: Int) -> Boolean): Int {
            var hash = 0L
            for (at in from until to) hash = hash * 31 + name[at]
            var cell = SplitMix64.mix(hash).toInt() and (cells.size - 1)
            while (cells[cell] >= 0 && !isThat(cells[cell])) cell = (cell + 1) and (cells.size - 1)
            return cell
        }

        /** Enters the name [number], which ends at [to] in [names]; false when an equal one is there. */
        fun enter(names: ByteArray, starts: IntArray, number: Int, to: Int = starts[number + 1]): Boolean {
            val from = starts[number]
            val cell = cell(names, from, to) { Arrays.equals(names, starts[it], starts[it + 1], names, from, to) }
            if (cells[cell] >= 0) return false
            cells[cell] = number
            return true
        }
    }

    internal companion object {
        /** Names for [streamers], then [bots], then as many accounts as make [count] in all. */
        fun make(draws: Draws, streamers: Int, bots: Int, count: Int): Names {
            val maker = NameMaker(draws)
            val sink = ByteSink(count * 12 + 64)
            val starts = IntArray(count + 1)
            val table = Table(count)
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
                } while (!table.enter(sink.array, starts, number, sink.size))
                starts[number + 1] = sink.size
            }
            return Names(sink.copy(), starts)
        }
    }
}
