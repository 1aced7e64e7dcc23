package twitchactors.dashboard

import twitchactors.audience.Communities
import twitchactors.audience.ReferenceGraph
import java.util.concurrent.ConcurrentHashMap

/** Whose viewers were the same in 2021 and 2022, as others have published it. */
internal val REFERENCE_MAP = Panel(
    id = "reference-map",
    title = "Reference 2021-22: published by others",
    how = "Not counted here. December 2021 and January 2022: viewers that channels shared, published by the project TwitchOverlap " +
        "(MIT); sizes are its numbers of viewers, communities and places are worked out here as for our own map, of the largest " +
        "channels. December 2022: the atlas of the project Twitch Atlas (MIT) with its own communities, places and weights, which are " +
        "no numbers of viewers. Theirs are channels of all languages.",
    origin = Origin.PUBLISHED,
    look = MapTable.LOOK,
    choices = listOf(Reference.MONTH),
    compares = false,
) { question -> Reference.table(question.choice(Reference.MONTH)) }

/** The published maps, each worked out once. */
internal object Reference {
    private val TITLES = mapOf("2021-12" to "December 2021", "2022-01" to "January 2022", ReferenceGraph.ATLAS to "December 2022 (atlas)")
    private val tables = ConcurrentHashMap<String, Table>()

    val MONTH = Choice("reference", "Reference", TITLES, default = "2022-01")

    fun table(month: String): Table = tables.computeIfAbsent(month) { if (it == ReferenceGraph.ATLAS) atlas() else overlaps(it) }

    private fun overlaps(month: String): Table {
        val (nodes, edges) = largest(ReferenceGraph.overlaps(month))
        val found = Communities.of(nodes.map { it.size }, edges.map { (a, b, shared) -> Communities.Edge(a, b, shared) })
        val places = nodes.indices.map { Spot(found.community[it], found.x[it], found.y[it]) }
        return table(month, nodes, edges, places, "Viewers, as published")
    }

    /** What was published has y growing upwards, and coordinates of its own size. */
    private fun atlas(): Table {
        val (nodes, edges) = largest(ReferenceGraph.atlas())
        val farthest = nodes.maxOf { node -> checkNotNull(node.place).let { maxOf(Math.abs(it.x), Math.abs(it.y)) } }
        val places = nodes.map { node -> checkNotNull(node.place).let { Spot(it.community, it.x / farthest, -it.y / farthest) } }
        return table(ReferenceGraph.ATLAS, nodes, edges, places, "Weight, as published")
    }

    private class Spot(val community: Int, val x: Double, val y: Double)

    private fun largest(graph: ReferenceGraph): Pair<List<ReferenceGraph.Node>, List<Triple<Int, Int, Long>>> {
        val kept = graph.nodes.indices.sortedByDescending { graph.nodes[it].size }.take(MapTable.MOST)
        val numbers = kept.withIndex().associate { it.value to it.index }
        val edges = graph.edges.mapNotNull { edge ->
            numbers[edge.a]?.let { a -> numbers[edge.b]?.let { b -> Triple(a, b, edge.shared) } }
        }
        return kept.map { graph.nodes[it] } to edges
    }

    private fun table(
        month: String,
        nodes: List<ReferenceGraph.Node>,
        edges: List<Triple<Int, Int, Long>>,
        spots: List<Spot>,
        size: String,
    ): Table {
        val neighbours = MapTable.neighbours(nodes.map { it.login }, edges)
        // Nodes are sorted by size: the first of a community is its largest.
        val names = HashMap<Int, String>()
        val places = nodes.mapIndexed { i, node ->
            val community = names.getOrPut(spots[i].community) { "around ${node.login}" }
            MapTable.Place(node.login, community, node.size, spots[i].x, spots[i].y, neighbours[i])
        }
        val coverage = "${TITLES.getValue(month)}, the ${nodes.size} largest channels"
        return MapTable.of(places, size, coverage, "Published data, for comparison only.")
    }
}
