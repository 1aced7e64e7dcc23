package twitchactors.archive

import twitchactors.domain.ByteSink

/**
 * The dictionary of a column of small numbers, and the index of each. Compression finds nothing in such a column but how often each byte
 * comes, so what counts is how many bits the bytes of an index take when each is coded by itself. With 256 numbers or fewer an index is one
 * byte. With more it is two, and both are made alike: the numbers lie on a square of [SIDE] by [SIDE], the most frequent in a corner,
 * and the two bytes are the row and the column. That comes within two in a hundred of what the numbers' frequencies allow, where indexes
 * of 9 bits, which compress not at all, take a sixth more. Indexes that this leaves free stand for the most frequent number, too.
 */
internal class NumberDictionary(numbers: IntColumn) {
    /** The numbers by their indexes. */
    val entries: IntArray

    /** How many an index has. */
    val bytes: Int

    private val indexes = IntArray(MOST + 1)

    init {
        val frequencies = IntArray(MOST + 1)
        for (i in 0 until numbers.size) frequencies[numbers.values[i]]++
        val there = frequencies.indices.filter { frequencies[it] > 0 }
        if (there.size <= 1 shl Byte.SIZE_BITS) {
            bytes = 1
            entries = there.toIntArray()
            there.forEachIndexed { index, number -> indexes[number] = index }
        } else {
            bytes = 2
            val byFrequency = there.sortedByDescending { frequencies[it] }
            byFrequency.forEachIndexed { place, number -> indexes[number] = SQUARE[place] }
            entries = IntArray(there.maxOf { indexes[it] } + 1) { byFrequency.first() }
            for (number in there) entries[indexes[number]] = number
        }
    }

    fun indexOf(number: Int): Int = indexes[number]

    /** The page of the dictionary, for a column whose values are the numbers times [unit]. */
    fun page(unit: Int): ByteSink = ByteSink(entries.size * Int.SIZE_BYTES).also { out -> for (number in entries) out.int(number * unit) }

    private companion object {
        const val SIDE = 17

        /** The greatest number: as many different ones as there are places. */
        const val MOST = SIDE * SIDE - 1

        /** The indexes from the corner outwards: a number as frequent as another is as far from it. */
        val SQUARE: IntArray = (0 until SIDE).flatMap { row -> (0 until SIDE).map { column -> row to column } }
            .sortedBy { (row, column) -> row + column }
            .map { (row, column) -> (row shl Byte.SIZE_BITS) or column }
            .toIntArray()
    }
}
