package twitchactors.archive

/**
 * An order of rows, sorted by one key after the other, the least important first: each sorting keeps the order of rows with the same
 * key. It takes time in proportion to rows and keys.
 */
internal class RowOrder(rows: Int) {
    private var places = IntArray(rows) { it }

    /** The row that is at [place]. */
    operator fun get(place: Int): Int = places[place]

    /** Sorts by what [key] says of a row: a number below [bound]. */
    fun by(bound: Int, key: Key) {
        val next = IntArray(bound + 1)
        for (row in places) next[key.of(row) + 1]++
        for (number in 1..bound) next[number] += next[number - 1]
        val sorted = IntArray(places.size)
        for (row in places) sorted[next[key.of(row)]++] = row
        places = sorted
    }

    /** What a row is sorted by. */
    fun interface Key {
        fun of(row: Int): Int
    }
}
