package twitchactors.audience

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.util.Locale

/** "Reference 2021-22": what others have published of real audiences comes out of our formulas. NOTICE says whose it is. */
class ReferenceOverlapTest {
    private val atlas = ReferenceGraph.atlas()

    private fun ReferenceGraph.sizeOf(login: String) = nodes.single { it.login.name == login }.size

    private fun ReferenceGraph.overlap(a: String, b: String): Overlap {
        val edge = edges.single { setOf(nodes[it.a].login.name, nodes[it.b].login.name) == setOf(a, b) }
        return Overlap(sizeOf(a), sizeOf(b), edge.shared)
    }

    private fun percent(share: Double) = String.format(Locale.ROOT, "%.2f", share * 100)

    @Test
    fun `ibai and thegrefg in January 2022`() {
        val overlap = ReferenceGraph.overlaps("2022-01").overlap("ibai", "thegrefg")
        assertEquals(739_781, overlap.shared)
        assertEquals(listOf("43.80", "50.29", "30.57"), listOf(overlap.shareOfA, overlap.shareOfB, overlap.jaccard).map(::percent))
    }

    @Test
    fun `all pairs of both months have shares and a Jaccard index that fit together`() {
        val months = ReferenceGraph.MONTHS.map(ReferenceGraph::overlaps)
        assertEquals(listOf(1162 to 8585, 1682 to 14_214), months.map { it.nodes.size to it.edges.size })
        for (month in months) {
            for ((a, b, shared) in month.edges) {
                val overlap = Overlap(month.nodes[a].size, month.nodes[b].size, shared)
                // 1/J = 1/a + 1/b - 1 with the two shares a and b, which is another way to the same number.
                val names = "${month.nodes[a].login}-${month.nodes[b].login}"
                assertEquals(1 / (1 / overlap.shareOfA + 1 / overlap.shareOfB - 1), overlap.jaccard, 1e-12, names)
                assertTrue(overlap.jaccard <= minOf(overlap.shareOfA, overlap.shareOfB))
            }
        }
    }

    @Test
    fun `the atlas is there as it was published`() {
        assertEquals(listOf(1496, 41_139), listOf(atlas.nodes.size, atlas.edges.size))
        val first = atlas.nodes.first()
        val place = ReferenceGraph.Place(7, -1087.8, -945.1)
        assertEquals(listOf("109ace", 26_620_485L, place), listOf(first.login.name, first.size, first.place))
        assertEquals(ReferenceGraph.Edge(0, atlas.nodes.indexOfFirst { it.login.name == "2chamcham2" }, 3591), atlas.edges.first())
        assertTrue(atlas.edges.all { it.shared >= 1000 && it.a != it.b })
    }

    @Test
    fun `our communities of the atlas are nearly the published ones`() {
        val edges = atlas.edges.map { Communities.Edge(it.a, it.b, it.shared) }
        val ours = Communities.of(atlas.nodes.map { it.size }, edges)
        // Channels without an edge have the number of no community.
        val linked = atlas.edges.flatMap { listOf(it.a, it.b) }.toSortedSet()
        assertEquals(946, linked.size)
        val published = linked.map { atlas.nodes[it].place!!.community }
        val agreement = Communities.agreement(linked.map { ours.community[it] }, published)
        assertTrue(agreement > 0.7, "they agree by $agreement")
    }

    @Test
    fun `nobody shares nothing`() {
        assertEquals(listOf(0.0, 0.0, 0.0), Overlap(0, 0, 0).run { listOf(shareOfA, shareOfB, jaccard) })
    }
}
