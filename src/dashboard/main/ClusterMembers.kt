package twitchactors.dashboard

import twitchactors.web.Access
import java.time.Duration

/** The nodes. */
internal val CLUSTER_MEMBERS = Panel(
    id = "cluster-members",
    title = "Nodes",
    how = "Status and reachability are those of the cluster as this node sees it: who does not answer for some seconds is unreachable, " +
        "and is shut out some seconds later, when what lived there moves to others. Memory, pollers and partitions are what each node " +
        "says of itself every two seconds, with how long ago that was. Sightings applied: since the node started.",
    origin = Origin.CLUSTER,
    look = Look.Rows,
    wide = true,
    access = Access.ADMIN,
    compares = false,
    refreshSeconds = 3,
) { question ->
    val state = question.reads.cluster() ?: return@Panel Cluster.nothing()
    Table(
        listOf(
            Column.text("node", "Node"),
            Column.text("status", "Status"),
            Column.text("roles", "Roles"),
            Column.count("partitions", "Partitions"),
            Column.count("pollers", "Pollers"),
            Column.bytes("heap", "Heap"),
            Column.share("heap_share", "of its most"),
            Column.bytes("resident", "Resident"),
            Column.count("applied", "Sightings applied"),
            Column.seconds("age", "Said ago"),
        ),
        state.members.map { member ->
            val vitals = member.said?.vitals
            Row(
                Cluster.name(member.address) + if (member.address == state.self) " (this)" else "",
                Cluster.status(state, member),
                member.roles.joinToString(),
                vitals?.partitions,
                vitals?.pollers,
                vitals?.heapUsed,
                vitals?.let { share(it.heapUsed.toDouble(), it.heapMax.toDouble()) },
                vitals?.resident,
                vitals?.namesApplied,
                member.said?.age?.let(::seconds),
            )
        },
        coverage = "${state.members.count { it.isReachable }} of ${state.members.size} nodes answer",
        bar = "",
    )
}

/** What panels about the cluster have in common. */
internal object Cluster {
    fun nothing() = Table(emptyList(), emptyList(), why = "This node is in no cluster just now; it joins again by itself in some seconds.")

    /** An address without what all have in common. */
    fun name(address: String): String = address.substringAfter('@')

    fun status(state: ClusterState, member: ClusterState.Member): String = when {
        !member.isReachable -> "unreachable"
        member.address == state.leader -> member.status + ", leader"
        else -> member.status
    }
}

private fun seconds(age: Duration): Double = age.toMillis() / 1000.0
