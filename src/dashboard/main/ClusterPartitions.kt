package twitchactors.dashboard

import twitchactors.web.Access

/** Where each viewer partition lives. */
internal val CLUSTER_PARTITIONS = Panel(
    id = "cluster-partitions",
    title = "Where viewer partitions live",
    how = "Each partition is one actor, on one node at a time; the colour is that of its node. One that moves, as after its node was " +
        "lost, lives nowhere for some seconds and goes on from its checkpoint. Waiting: records of sightings that it has not read.",
    origin = Origin.CLUSTER,
    look = Look.Cells("partition", "node", "waiting"),
    wide = true,
    access = Access.ADMIN,
    compares = false,
    refreshSeconds = 3,
) { question ->
    val state = question.reads.cluster() ?: return@Panel Cluster.nothing()
    val homeless = state.partitions.count { it.node == null }
    Table(
        listOf(Column.count("partition", "Partition"), Column.text("node", "Node"), Column.count("waiting", "Waiting")),
        state.partitions.sortedBy { it.partition }.map { Row(it.partition, it.node?.let(Cluster::name) ?: "on the move", it.lag) },
        coverage = "${state.partitions.size - homeless} of ${state.partitions.size} partitions live",
    )
}
