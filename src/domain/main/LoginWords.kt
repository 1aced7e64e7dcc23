package twitchactors.domain

/** Logins as words: eight characters each, the first in the most significant byte, padded with zeros. */
object LoginWords {
    /** The words of the longest login. */
    const val COUNT = 4

    /** Room for the longest login as whole words. */
    const val BYTES = COUNT * Long.SIZE_BYTES

    /** Word [index] of the login `bytes[from, to)`. */
    fun of(bytes: ByteArray, from: Int, to: Int, index: Int): Long {
        val at = from + index * Long.SIZE_BYTES
        if (at >= to) return 0L
        if (at + Long.SIZE_BYTES <= bytes.size) {
            val word = Words.get(bytes, at)
            val length = to - at
            return if (length >= Long.SIZE_BYTES) word else word and (-1L shl Long.SIZE_BITS - length * Byte.SIZE_BITS)
        }
        var word = 0L
        for (i in at until at + Long.SIZE_BYTES) word = (word shl Byte.SIZE_BITS) or if (i < to) bytes[i].toLong() else 0L
        return word
    }
}
