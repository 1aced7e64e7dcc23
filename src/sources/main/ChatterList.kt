package twitchactors.sources

import twitchactors.domain.ByteSink

/** Collects the names of a chat from its pages, each name once. For 50,000 names it takes a little over a megabyte. */
internal class ChatterList {
    private val logins = ByteSink(FIRST)

    /** Hashes of the names, by linear probing; 0 is free. That two of a chat have the same is less likely than a broken memory. */
    private var seen = LongArray(FIRST)

    /** Different names. */
    var count = 0
        private set

    /** Of the fullest walk over the pages. */
    var dropped = 0
        private set

    /** Takes a page in; returns how many names on it are new. */
    fun add(page: ChatterPage): Int {
        val before = count
        val bytes = page.logins.array
        var from = 0
        while (from < page.logins.size) {
            var at = from
            var hash = OFFSET
            while (bytes[at] != END) hash = (hash xor bytes[at++].toLong()) * PRIME
            if (isNew(mixed(hash))) logins.bytes(bytes, from, at + 1 - from)
            from = at + 1
        }
        return count - before
    }

    fun dropped(names: Int) {
        dropped = maxOf(dropped, names)
    }

    fun chatters(isComplete: Boolean): Chatters =
        Chatters(ChatterSource.CHATTERS, isComplete, logins.array.copyOf(maxOf(0, logins.size - 1)), dropped)

    private fun isNew(hash: Long): Boolean {
        if (count * 2 >= seen.size) grow()
        val place = place(seen, hash)
        if (seen[place] == hash) return false
        seen[place] = hash
        count++
        return true
    }

    private fun grow() {
        val larger = LongArray(seen.size * 2)
        for (hash in seen) if (hash != 0L) larger[place(larger, hash)] = hash
        seen = larger
    }

    /** Where [hash] is in [table], or is to be. */
    private fun place(table: LongArray, hash: Long): Int {
        var place = hash.toInt() and table.size - 1
        while (table[place] != 0L && table[place] != hash) place = place + 1 and table.size - 1
        return place
    }

    private fun mixed(hash: Long): Long {
        val mixed = (hash xor (hash ushr 32)) * -0x61c8864680b583ebL
        return (mixed xor (mixed ushr 29)).let { if (it == 0L) 1 else it }
    }

    private companion object {
        const val FIRST = 1024
        const val END = '\n'.code.toByte()

        /** FNV-1a of 64 bits. */
        const val OFFSET = -0x340d631b7bdddcdbL
        const val PRIME = 0x100000001b3L
    }
}
