package twitchactors.audience

import nl.cwts.networkanalysis.Clustering
import nl.cwts.networkanalysis.GradientDescentVOSLayoutAlgorithm
import nl.cwts.networkanalysis.LeidenAlgorithm
import nl.cwts.networkanalysis.Network
import nl.cwts.networkanalysis.VOSLayoutAlgorithm
import nl.cwts.util.LargeDoubleArray
import nl.cwts.util.LargeIntArray
import java.util.Random
import kotlin.math.abs
import kotlin.math.ln
import kotlin.math.round

/**
 * Groups of nodes that share more with each other than with the rest, and a map of them. Found by Leiden's algorithm (Traag, Waltman,
 * van Eck 2019) with modularity at resolution 1; the map is the VOS layout. Both begin with fixed random numbers, so the same graph
 * always gives the same communities and places.
 *
 * @param community of each node: 0, 1, .., the one with the greatest sum of sizes first
 * @param x of each node, as [y] within -1..1, four decimals
 * @param modularity of the communities, at most 1; 0 of a graph without edges
 */
class Communities private constructor(val community: List<Int>, val x: List<Double>, val y: List<Double>, val modularity: Double) {
    val count: Int get() = (community.maxOrNull() ?: -1) + 1

    /** What two nodes, by their indexes, share. */
    data class Edge(val a: Int, val b: Int, val weight: Long)

    companion object {
        private const val SEED = 2_019L

        /** Beginnings: as many as look at so many edges together, within bounds. */
        private const val EDGES_LOOKED_AT = 4_000_000
        private val STARTS = 10..200

        /** Nodes; this many are joined in a tenth of a second. */
        private const val MOST_JOINED = 400
        private const val UNTIL_STABLE = 0
        private const val DECIMALS = 10_000

        /** Draws any two a little, so that who shares nothing stays on the map: a tenth of what chance would have them share. */
        private const val EDGE_WEIGHT_INCREMENT = 0.1

        /**
         * @param sizes of the nodes
         * @param edges of each two different nodes at most one, all weights above 0
         */
        fun of(sizes: List<Long>, edges: List<Edge>): Communities {
            if (edges.isEmpty()) return Communities(sorted(IntArray(sizes.size) { it }, sizes), zeros(sizes.size), zeros(sizes.size), 0.0)
            val network = network(sizes.size, edges)
            val community = sorted(cluster(network, edges).clusters, sizes)
            val (x, y) = places(network)
            return Communities(community, x, y, modularity(community, edges))
        }

        private fun zeros(size: Int) = List(size) { 0.0 }

        private fun network(nodes: Int, edges: List<Edge>): Network {
            val (a, b) = List(2) { LargeIntArray(edges.size.toLong()) }
            val weights = LargeDoubleArray(edges.size.toLong())
            edges.forEachIndexed { i, edge ->
                a.set(i.toLong(), edge.a)
                b.set(i.toLong(), edge.b)
                weights.set(i.toLong(), edge.weight.toDouble())
            }
            return Network(nodes, true, arrayOf(a, b), weights, false, false)
        }

        /**
         * The best of some beginnings: one may end in a lesser maximum, the sooner the less it differs from chance who shares with whom.
         * Small graphs, which are such most often, cost nothing, and one of their beginnings is what plain joining finds.
         */
        private fun cluster(network: Network, edges: List<Edge>): Clustering {
            val starts = (EDGES_LOOKED_AT / edges.size).coerceIn(STARTS)
            val resolution = 1 / (2 * network.totalEdgeWeight + network.totalEdgeWeightSelfLinks)
            val leiden = LeidenAlgorithm(resolution, UNTIL_STABLE, LeidenAlgorithm.DEFAULT_RANDOMNESS, Random(SEED))
            val found = List(starts) { leiden.findClustering(network) }
            val joined = if (network.nNodes > MOST_JOINED) null else Clustering(JoinedGroups(network.nNodes, edges).find())
            joined?.let { leiden.improveClustering(network, it) }
            return (found + listOfNotNull(joined)).maxBy { leiden.calcQuality(network, it) }
        }

        /** Communities numbered anew by size; of equal ones that with the first node comes first. */
        private fun sorted(clusters: IntArray, sizes: List<Long>): List<Int> {
            val sums = LinkedHashMap<Int, Long>()
            clusters.forEachIndexed { node, cluster -> sums.merge(cluster, sizes[node], Long::plus) }
            val numbers = sums.entries.sortedByDescending { it.value }.withIndex().associate { it.value.key to it.index }
            return clusters.map(numbers::getValue)
        }

        /** Association strength, so that the largest do not draw all others into the middle. */
        private fun places(network: Network): Pair<List<Double>, List<Double>> {
            val layout = GradientDescentVOSLayoutAlgorithm(
                VOSLayoutAlgorithm.DEFAULT_ATTRACTION,
                VOSLayoutAlgorithm.DEFAULT_REPULSION,
                EDGE_WEIGHT_INCREMENT,
                Random(SEED),
            ).findLayout(network.createNormalizedNetworkUsingAssociationStrength())
            layout.standardize(true)
            val farthest = layout.coordinates.maxOf { axis -> axis.maxOf(::abs) }
            fun axis(number: Int) = layout.coordinates[number].map { round(it / farthest * DECIMALS) / DECIMALS + 0.0 }
            return axis(0) to axis(1)
        }

        /** Σ over communities of the share of weight within, less the square of the share of weight that ends there. */
        private fun modularity(community: List<Int>, edges: List<Edge>): Double {
            val all = edges.sumOf { it.weight }.toDouble()
            val within = DoubleArray(community.size)
            val ends = DoubleArray(community.size)
            for ((a, b, weight) in edges) {
                if (community[a] == community[b]) within[community[a]] += weight.toDouble()
                ends[community[a]] += weight.toDouble()
                ends[community[b]] += weight.toDouble()
            }
            return within.indices.sumOf { within[it] / all - (ends[it] / (2 * all)).let { share -> share * share } }
        }

        /**
         * How far two ways to group the same nodes agree: their mutual information through the mean of their entropies. 1: they are
         * the same; 0: one says nothing of the other. Of two that put all nodes into one group it is 1.
         */
        fun agreement(one: List<Int>, other: List<Int>): Double {
            require(one.size == other.size) { "${one.size} and ${other.size} nodes" }
            val nodes = one.size.toDouble()
            fun <K> shares(groups: List<K>) = groups.groupingBy { it }.eachCount().mapValues { it.value / nodes }
            fun entropy(shares: Map<*, Double>) = -shares.values.sumOf { it * ln(it) }
            val (ofOne, ofOther) = shares(one) to shares(other)
            val mean = (entropy(ofOne) + entropy(ofOther)) / 2
            if (mean == 0.0) return 1.0
            return shares(one zip other).entries.sumOf { (both, share) ->
                share * ln(share / (ofOne.getValue(both.first) * ofOther.getValue(both.second)))
            } / mean
        }
    }
}
