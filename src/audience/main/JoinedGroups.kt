package twitchactors.audience

/**
 * Groups of nodes by joining two of them again and again, those whose union adds the most modularity (resolution 1), until none adds any
 * (Newman 2004). Its time grows with the cube of [nodes], its memory with the square.
 */
internal class JoinedGroups(private val nodes: Int, edges: List<Communities.Edge>) {
    private val all = edges.sumOf { it.weight.toDouble() }

    /** What two groups share, and what ends in each; a group goes by its first node. */
    private val between = Array(nodes) { DoubleArray(nodes) }
    private val ends = DoubleArray(nodes)

    init {
        for ((a, b, weight) in edges) {
            between[a][b] += weight.toDouble()
            between[b][a] += weight.toDouble()
            ends[a] += weight.toDouble()
            ends[b] += weight.toDouble()
        }
    }

    /** The group of each node: 0, 1, .. */
    fun find(): IntArray {
        val group = IntArray(nodes) { it }
        val left = (0 until nodes).toMutableList()
        while (true) {
            val (a, b) = best(left) ?: break
            join(a, b, left)
            left -= b
            for (node in 0 until nodes) if (group[node] == b) group[node] = a
        }
        return IntArray(nodes) { left.indexOf(group[it]) }
    }

    private fun best(left: List<Int>): Pair<Int, Int>? {
        var most = 0.0
        var best: Pair<Int, Int>? = null
        for (i in left.indices) {
            for (j in i + 1 until left.size) {
                val gain = between[left[i]][left[j]] / all - ends[left[i]] * ends[left[j]] / (2 * all * all)
                if (gain > most) {
                    most = gain
                    best = left[i] to left[j]
                }
            }
        }
        return best
    }

    private fun join(a: Int, b: Int, left: List<Int>) {
        for (other in left) {
            between[a][other] += between[b][other]
            between[other][a] = between[a][other]
        }
        ends[a] += ends[b]
    }
}
