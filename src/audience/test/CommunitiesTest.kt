package twitchactors.audience

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import kotlin.math.abs
import kotlin.math.exp
import kotlin.math.hypot
import kotlin.math.ln
import kotlin.random.Random

class CommunitiesTest {
    /** Two triangles and a bridge, and one that shares nobody; the second triangle has more viewers. */
    private val sizes = listOf(10L, 10, 10, 20, 20, 20, 5)
    private val edges = listOf(0 to 1, 1 to 2, 0 to 2, 3 to 4, 4 to 5, 3 to 5).map { (a, b) -> Communities.Edge(a, b, 10) } +
        Communities.Edge(2, 3, 1)
    private val found = Communities.of(sizes, edges)

    @Test
    fun `who shares much is a community, the largest first`() {
        assertEquals(listOf(1, 1, 1, 0, 0, 0, 2), found.community)
        assertEquals(3, found.count)
        // 60 of 61 within; each triangle has half of the ends.
        assertEquals(60.0 / 61 - 0.5, found.modularity, 1e-12)
    }

    @Test
    fun `the map is within its bounds, and who shares much is near`() {
        assertEquals(1.0, (found.x + found.y).maxOf(::abs))
        fun far(a: Int, b: Int) = hypot(found.x[a] - found.x[b], found.y[a] - found.y[b])
        assertTrue(far(0, 1) < far(0, 4))
        assertTrue(far(3, 5) < far(1, 5))
    }

    /** The two groups whose union is best become one, as long as that is better than before. */
    private fun joined(edges: List<Communities.Edge>): Double {
        var groups = List(NODES) { it }
        var best = modularity(groups, edges)
        while (true) {
            val names = groups.distinct()
            val unions = names.flatMap { a -> names.filter { it > a }.map { b -> groups.map { if (it == b) a else it } } }
            val next = unions.maxByOrNull { modularity(it, edges) } ?: return best
            if (modularity(next, edges) <= best) return best
            best = modularity(next, edges)
            groups = next
        }
    }

    private fun modularity(groups: List<Int>, edges: List<Communities.Edge>): Double {
        val (within, ends) = List(2) { DoubleArray(NODES) }
        for ((a, b, weight) in edges) {
            if (groups[a] == groups[b]) within[groups[a]] += weight.toDouble()
            ends[groups[a]] += weight.toDouble()
            ends[groups[b]] += weight.toDouble()
        }
        val all = edges.sumOf { it.weight }
        return within.indices.sumOf { within[it] / all - (ends[it] / (2 * all)).let { share -> share * share } }
    }

    @Test
    fun `where hardly more is shared than chance has it, communities are no worse than those that plain joining finds`() {
        val random = Random(3)
        repeat(GRAPHS) { graph ->
            val sizes = List(NODES) { (100 * exp(random.nextDouble(5.0))).toLong() }
            val edges = (0 until NODES).flatMap { a ->
                (a + 1 until NODES).map { b -> Communities.Edge(a, b, sizes[a] * sizes[b] * random.nextLong(40, 161) / 2_000_000 + 1) }
            }
            val (plain, found) = joined(edges) to Communities.of(sizes, edges).modularity
            assertTrue(found >= plain - 1e-12, "graph $graph: joining has $plain, found $found")
        }
    }

    @Test
    fun `the same graph gives the same communities and the same map`() {
        val again = Communities.of(sizes, edges)
        assertEquals(listOf(found.community, found.x, found.y), listOf(again.community, again.x, again.y))
    }

    @Test
    fun `without edges each is a community of its own`() {
        val alone = Communities.of(listOf(1L, 3L), emptyList())
        assertEquals(listOf(1, 0), alone.community)
        assertEquals(listOf(0.0, 0.0, 0.0), alone.x + alone.modularity)
        assertEquals(0, Communities.of(emptyList(), emptyList()).count)
    }

    @Test
    fun `two with one edge are a map`() {
        val two = Communities.of(listOf(1L, 1L), listOf(Communities.Edge(0, 1, 1)))
        assertEquals(listOf(0, 0), two.community)
        assertTrue((two.x + two.y).all { it in -1.0..1.0 })
    }

    @Test
    fun `agreement is that of mutual information`() {
        assertEquals(1.0, Communities.agreement(listOf(0, 0, 1, 1), listOf(5, 5, 2, 2)), 1e-12)
        assertEquals(0.0, Communities.agreement(listOf(0, 0, 1, 1), listOf(0, 1, 0, 1)), 1e-12)
        assertEquals(1.0, Communities.agreement(listOf(0, 0), listOf(1, 1)))
        // All in two halves against one half and two quarters: ln 2 over the mean of ln 2 and 1.5 ln 2.
        assertEquals(ln(2.0) / (1.25 * ln(2.0)), Communities.agreement(listOf(0, 0, 1, 1), listOf(0, 0, 1, 2)), 1e-12)
        assertThrows(IllegalArgumentException::class.java) { Communities.agreement(listOf(1), emptyList()) }
    }

    private companion object {
        const val NODES = 20
        const val GRAPHS = 100
    }
}
