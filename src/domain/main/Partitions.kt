package twitchactors.domain

/**
 * How viewers are spread over [count] partitions: murmur3_32 of the login's bytes (seed 0), as an unsigned number, modulo
 * [count]. The same number is the Kafka partition of `sightings`, the shard and the actor, so it never changes once
 * data exists.
 */
@JvmInline
value class Partitions(val count: Int) {
    init {
        require(count in 1..MAX) { "$count partitions: 1 to $MAX are possible" }
    }

    fun of(login: Login): Int {
        val bytes = login.name.toByteArray(Charsets.US_ASCII)
        return of(bytes, 0, bytes.size)
    }

    /** The partition of the login whose bytes are `bytes[offset, offset + length)`. */
    fun of(bytes: ByteArray, offset: Int, length: Int): Int = Integer.remainderUnsigned(Murmur3.hash32(bytes, offset, length), count)

    companion object {
        const val MAX = 1024
    }
}
