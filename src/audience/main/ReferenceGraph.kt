package twitchactors.audience

import twitchactors.domain.Login

/**
 * What others have published of whose viewers were the same ("Reference 2021-22"), to compare with. The README beside the files says
 * whose it is and what the numbers mean.
 *
 * @param edges of each two nodes at most one
 */
class ReferenceGraph private constructor(val month: String, val nodes: List<Node>, val edges: List<Edge>) {
    /**
     * A channel.
     *
     * @param size viewers; of an atlas the weight that was published, which is no number of viewers
     * @param place where it is on the published map; null: nobody has drawn one
     */
    data class Node(val login: Login, val size: Long, val place: Place?)

    /** @param community the number of the published one; 0 also of a channel that shares nobody */
    data class Place(val community: Int, val x: Double, val y: Double)

    /**
     * How many viewers two channels share.
     *
     * @param a index in [nodes], as [b]
     */
    data class Edge(val a: Int, val b: Int, val shared: Long)

    companion object {
        /** The months of which there are published overlaps with sizes of audiences. */
        val MONTHS = listOf("2021-12", "2022-01")

        /** The month of the published atlas, with communities and a map. */
        const val ATLAS = "2022-12"

        /** The overlaps of [month], one of [MONTHS]. */
        fun overlaps(month: String): ReferenceGraph {
            val nodes = rows("overlap_$month-nodes").map { Node(Login.require(it[0]), it[2].toLong(), null) }
            val numbers = nodes.withIndex().associate { it.value.login.name to it.index }
            val edges = rows("overlap_$month-edges").map { Edge(numbers.getValue(it[0]), numbers.getValue(it[1]), it[2].toLong()) }
            return ReferenceGraph(month, nodes, edges)
        }

        fun atlas(): ReferenceGraph = ReferenceGraph(
            ATLAS,
            rows("atlas_$ATLAS-nodes").map {
                Node(Login.require(it[0]), it[1].toLong(), Place(it[2].toInt(), it[3].toDouble(), it[4].toDouble()))
            },
            rows("atlas_$ATLAS-edges").map { Edge(it[0].toInt(), it[1].toInt(), it[2].toLong()) },
        )

        private fun rows(file: String): List<List<String>> =
            checkNotNull(ReferenceGraph::class.java.getResourceAsStream("/reference/$file.csv")) { "the reference $file is missing" }
                .bufferedReader().useLines { lines -> lines.drop(1).map { it.split(',') }.toList() }
    }
}
