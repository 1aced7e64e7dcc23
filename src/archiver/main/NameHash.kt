package twitchactors.archiver

import twitchactors.domain.Murmur3

/** 64 bits of a login: two halves by different seeds. */
internal object NameHash {
    private const val SEED = 0x5eed

    /** That of the first [length] bytes of [name]. */
    fun of(name: ByteArray, length: Int): Long = (Murmur3.hash32(name, 0, length).toLong() shl Int.SIZE_BITS) xor
        (Murmur3.hash32(name, 0, length, SEED).toLong() and 0xffffffffL)
}
