package twitchactors.audience

/**
 * How far the audiences A and B of two streamers are the same viewers.
 *
 * @param a viewers of A
 * @param b viewers of B
 * @param shared viewers of both, |A∩B|
 */
data class Overlap(val a: Long, val b: Long, val shared: Long) {
    init {
        require(shared in 0..minOf(a, b)) { "$shared viewers cannot be in both of $a and $b" }
    }

    /** |A∩B| / |A|; 0 when nobody is in A. */
    val shareOfA: Double get() = share(a)

    /** |A∩B| / |B|; 0 when nobody is in B. */
    val shareOfB: Double get() = share(b)

    /** |A∩B| / |A∪B|; 0 when nobody is in either. */
    val jaccard: Double get() = share(a + b - shared)

    private fun share(of: Long) = if (of == 0L) 0.0 else shared.toDouble() / of
}
