package twitchactors.audience

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.util.Locale

/** "Reference 2021-22": what others have published of real audiences comes out of our formulas. NOTICE says whose it is. */
class ReferenceOverlapTest {
    private class Month(name: String) {
        val sizes = rows("$name-nodes").associate { it[0] to it[2].toLong() }
        val edges = rows("$name-edges").map { Triple(it[0], it[1], it[2].toLong()) }

        private fun rows(file: String) = checkNotNull(ReferenceOverlapTest::class.java.getResourceAsStream("/reference/overlap_$file.csv"))
            .bufferedReader().readLines().drop(1).map { it.split(',') }

        fun of(a: String, b: String) = Overlap(
            sizes.getValue(a),
            sizes.getValue(b),
            edges.single { setOf(it.first, it.second) == setOf(a, b) }.third,
        )
    }

    private fun percent(share: Double) = String.format(Locale.ROOT, "%.2f", share * 100)

    @Test
    fun `ibai and thegrefg in January 2022`() {
        val overlap = Month("2022-01").of("ibai", "thegrefg")
        assertEquals(739_781, overlap.shared)
        assertEquals(listOf("43.80", "50.29", "30.57"), listOf(overlap.shareOfA, overlap.shareOfB, overlap.jaccard).map(::percent))
    }

    @Test
    fun `all pairs of both months have shares and a Jaccard index that fit together`() {
        val months = listOf(Month("2021-12"), Month("2022-01"))
        assertEquals(listOf(1162 to 8585, 1682 to 14_214), months.map { it.sizes.size to it.edges.size })
        for (month in months) {
            for ((a, b, shared) in month.edges) {
                val overlap = Overlap(month.sizes.getValue(a), month.sizes.getValue(b), shared)
                // 1/J = 1/a + 1/b - 1 with the two shares a and b, which is another way to the same number.
                assertEquals(1 / (1 / overlap.shareOfA + 1 / overlap.shareOfB - 1), overlap.jaccard, 1e-12, "$a-$b")
                assertTrue(overlap.jaccard <= minOf(overlap.shareOfA, overlap.shareOfB))
            }
        }
    }

    @Test
    fun `nobody shares nothing`() {
        assertEquals(listOf(0.0, 0.0, 0.0), Overlap(0, 0, 0).run { listOf(shareOfA, shareOfB, jaccard) })
    }
}
