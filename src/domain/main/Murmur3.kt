package twitchactors.domain

/**
 * MurmurHash3_x86_32 (Austin Appleby, public domain): the hash that assigns viewers to partitions. It is part of the
 * stored format: another function would send a viewer's past and future to different partitions.
 */
object Murmur3 {
    /** The hash of `bytes[offset, offset + length)`, blocks read little-endian as in the reference code. */
    fun hash32(bytes: ByteArray, offset: Int = 0, length: Int = bytes.size - offset, seed: Int = 0): Int {
        var hash = seed
        val blocksEnd = offset + (length and 3.inv())
        var at = offset
        while (at < blocksEnd) {
            val block = byte(bytes, at) or (byte(bytes, at + 1) shl 8) or (byte(bytes, at + 2) shl 16) or (byte(bytes, at + 3) shl 24)
            hash = (hash xor scramble(block)).rotateLeft(13) * 5 + 0xe6546b64.toInt()
            at += 4
        }
        var tail = 0
        for (i in (length and 3) - 1 downTo 0) tail = (tail shl 8) or byte(bytes, blocksEnd + i)
        hash = hash xor scramble(tail) xor length
        hash = (hash xor (hash ushr 16)) * 0x85ebca6b.toInt()
        hash = (hash xor (hash ushr 13)) * 0xc2b2ae35.toInt()
        return hash xor (hash ushr 16)
    }

    private fun byte(bytes: ByteArray, at: Int) = bytes[at].toInt() and 0xff

    private fun scramble(block: Int) = (block * 0xcc9e2d51.toInt()).rotateLeft(15) * 0x1b873593
}
