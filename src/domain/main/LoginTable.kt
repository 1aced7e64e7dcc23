package twitchactors.domain

/**
 * Numbers logins 0, 1, 2, .. in the order of their first appearance. A login is kept once, as one to four words of eight
 * bytes (most significant byte first, padded with zeros), so that words compare as the logins do; there is no object per
 * login. About 28 bytes per login of 9 to 16 characters. Not safe for use by several threads.
 */
class LoginTable(expected: Int = 64) {
    /** How many logins have a number. */
    var size = 0
        private set

    private var words = LongArray(maxOf(expected, 16) * 2)
    private var wordsUsed = 0

    /** Login `id` is `words[starts[id], starts[id + 1])`. */
    private var starts = IntArray(maxOf(expected, 16) + 1)

    /** Open addressing: 0 is free, else id + 1. */
    private var slots = IntArray(Integer.highestOneBit(maxOf(expected, 16) * 2 - 1) * 2)

    /** The number of the login with these words; -1 when it has none. */
    fun find(w0: Long, w1: Long, w2: Long, w3: Long): Int {
        val mask = slots.size - 1
        var at = hash(w0, w1, w2, w3) and mask
        while (true) {
            val id = slots[at] - 1
            if (id < 0 || isAt(id, w0, w1, w2, w3)) return id
            at = (at + 1) and mask
        }
    }

    /** The number of the login with these words, which gets the next one when it is new. */
    fun intern(w0: Long, w1: Long, w2: Long, w3: Long): Int {
        val mask = slots.size - 1
        var at = hash(w0, w1, w2, w3) and mask
        while (true) {
            val id = slots[at] - 1
            if (id < 0) return add(at, w0, w1, w2, w3)
            if (isAt(id, w0, w1, w2, w3)) return id
            at = (at + 1) and mask
        }
    }

    /** The number of [login]; see the other form. */
    fun intern(login: Login): Int {
        val bytes = bytesOf(login)
        return intern(Words.get(bytes, 0), Words.get(bytes, 8), Words.get(bytes, 16), Words.get(bytes, 24))
    }

    /** The number of [login]; -1 when it has none. */
    fun find(login: Login): Int {
        val bytes = bytesOf(login)
        return find(Words.get(bytes, 0), Words.get(bytes, 8), Words.get(bytes, 16), Words.get(bytes, 24))
    }

    /** Word [index] of login [id]; 0 beyond its end. */
    fun word(id: Int, index: Int): Long {
        val at = starts[id] + index
        return if (at < starts[id + 1]) words[at] else 0L
    }

    /** Writes the bytes of login [id] to [target] from [at], which must have room for 32 bytes; returns the login's length. */
    fun copy(id: Int, target: ByteArray, at: Int): Int {
        val end = starts[id + 1]
        var to = at
        for (index in starts[id] until end) {
            Words.set(target, to, words[index])
            to += Long.SIZE_BYTES
        }
        return to - at - java.lang.Long.numberOfTrailingZeros(words[end - 1]) / Byte.SIZE_BITS
    }

    fun login(id: Int): Login {
        val bytes = ByteArray(LoginWords.BYTES)
        return Login.require(String(bytes, 0, copy(id, bytes, 0), Charsets.US_ASCII))
    }

    /** Compares logins [a] and [b] bytewise. */
    fun compare(a: Int, b: Int): Int {
        for (index in 0 until LoginWords.COUNT) {
            val order = java.lang.Long.compareUnsigned(word(a, index), word(b, index))
            if (order != 0) return order
        }
        return 0
    }

    /** Forgets all logins and keeps the room they had. */
    fun clear() {
        if (size > slots.size / 16) {
            slots.fill(0)
        } else {
            for (id in 0 until size) slots[slotOf(id)] = 0
        }
        size = 0
        wordsUsed = 0
    }

    /** The bytes of memory that this table holds. */
    val bytes: Long get() = words.size * 8L + starts.size * 4L + slots.size * 4L

    /** Whether login [id] is the one with these words. */
    fun isAt(id: Int, w0: Long, w1: Long, w2: Long, w3: Long): Boolean {
        val at = starts[id]
        if (words[at] != w0) return false
        val end = starts[id + 1]
        return when (end - at) {
            1 -> w1 == 0L
            2 -> words[at + 1] == w1 && w2 == 0L
            3 -> words[at + 1] == w1 && words[at + 2] == w2 && w3 == 0L
            else -> words[at + 1] == w1 && words[at + 2] == w2 && words[at + 3] == w3
        }
    }

    private fun add(slot: Int, w0: Long, w1: Long, w2: Long, w3: Long): Int {
        if (wordsUsed + LoginWords.COUNT > words.size) words = words.copyOf(grown(words.size))
        if (size + 1 == starts.size) starts = starts.copyOf(grown(starts.size))
        val id = size++
        slots[slot] = size
        words[wordsUsed++] = w0
        if (w1 != 0L) words[wordsUsed++] = w1
        if (w2 != 0L) words[wordsUsed++] = w2
        if (w3 != 0L) words[wordsUsed++] = w3
        starts[size] = wordsUsed
        if (size > slots.size / 3 * 2) rehash()
        return id
    }

    private fun rehash() {
        slots = IntArray(slots.size * 2)
        for (id in 0 until size) {
            val mask = slots.size - 1
            var at = hashOf(id) and mask
            while (slots[at] != 0) at = (at + 1) and mask
            slots[at] = id + 1
        }
    }

    private fun slotOf(id: Int): Int {
        val mask = slots.size - 1
        var at = hashOf(id) and mask
        while (slots[at] != id + 1) at = (at + 1) and mask
        return at
    }

    private fun hashOf(id: Int) = hash(word(id, 0), word(id, 1), word(id, 2), word(id, 3))

    private fun grown(length: Int) = length + (length shr 1)

    private companion object {
        fun bytesOf(login: Login) = login.name.toByteArray(Charsets.US_ASCII).copyOf(LoginWords.BYTES)

        /** Multiplicative mixing; the constants are the fractional parts of the golden ratio and of square roots of primes. */
        fun hash(w0: Long, w1: Long, w2: Long, w3: Long): Int {
            var mixed = (w0 xor (w1 * -0x61c8864680b583ebL)).rotateLeft(29) * -0x4b47d0c5ac8ae4dbL
            if (w2 != 0L) mixed += (w2 xor (w3 * -0x61c8864680b583ebL)) * -0x6e5d8b3a1f5c8a2bL
            return ((mixed xor (mixed ushr 32)) * -0x61c8864680b583ebL ushr 32).toInt()
        }
    }
}
