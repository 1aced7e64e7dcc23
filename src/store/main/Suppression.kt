package twitchactors.store

import java.nio.ByteBuffer
import javax.crypto.Mac

/**
 * The viewers who are kept out, as of one [version] of the list. Immutable; safe for use by several threads. An empty list
 * answers without any work; otherwise an answer costs one HMAC-SHA-256, so ask once for a name, not for each sighting.
 */
class Suppression internal constructor(val version: Long, private val keyed: Mac, macs: List<ByteArray>) {
    /** Sorted by their first eight bytes as a number, which [words] holds. */
    private val sorted = macs.sortedBy { word(it) }
    private val words = LongArray(sorted.size) { word(sorted[it]) }

    /** How many viewers are kept out. */
    val size: Int get() = words.size

    /** Whether the viewer whose login is `bytes[from, to)` is kept out. */
    fun contains(bytes: ByteArray, from: Int, to: Int): Boolean {
        if (words.isEmpty()) return false
        val mac = keyed.clone() as Mac
        mac.update(bytes, from, to - from)
        val result = mac.doFinal()
        val word = word(result)
        var at = words.binarySearch(word)
        if (at < 0) return false
        while (at > 0 && words[at - 1] == word) at--
        while (at < words.size && words[at] == word) if (sorted[at++].contentEquals(result)) return true
        return false
    }

    private companion object {
        fun word(mac: ByteArray) = ByteBuffer.wrap(mac).getLong()
    }
}
