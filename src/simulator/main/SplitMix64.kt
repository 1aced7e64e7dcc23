package twitchactors.simulator

/**
 * The random numbers of the simulator: SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators",
 * OOPSLA 2014; the constants are those of Vigna's public-domain splitmix64.c). Integer arithmetic and [StrictMath] only,
 * so every machine draws the same numbers.
 */
class SplitMix64(private var state: Long) {
    fun next(): Long {
        state += GAMMA
        return mix(state)
    }

    /** An index 0 until [bound], by multiplication with the upper 32 bits (Lemire); the bias is below bound / 2^32. */
    fun below(bound: Int): Int = (((next() ushr 32) * bound) ushr 32).toInt()

    fun between(first: Int, last: Int): Int = first + below(last - first + 1)

    /** A number in [0, 1), a multiple of 2^-53. */
    fun unit(): Double = (next() ushr 11) * UNIT

    fun chance(probability: Double): Boolean = unit() < probability

    /** Exponentially distributed with [mean], rounded down: 0, 1, 2, .. */
    fun exponential(mean: Double): Int = (-StrictMath.log(1.0 - unit()) * mean).toInt()

    companion object {
        private const val GAMMA = -0x61c8864680b583ebL
        private const val UNIT = 1.0 / (1L shl 53)

        /** The finaliser: a bijection of 64 bits in which every input bit reaches every output bit. */
        fun mix(value: Long): Long {
            var z = value
            z = (z xor (z ushr 30)) * -0x40a7b892e31b1a47L
            z = (z xor (z ushr 27)) * -0x6b2fb644ecceee15L
            return z xor (z ushr 31)
        }
    }
}
