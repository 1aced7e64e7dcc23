package twitchactors.dashboard

import twitchactors.web.Access

/** How far readers of Kafka are behind. */
internal val CLUSTER_LAG = Panel(
    id = "cluster-lag",
    title = "Waiting in Kafka",
    how = "End of each topic minus where its readers are, summed over its partitions. The splitter and the intake of rows say where " +
        "they are by their commits, partitions of this node by themselves, those of others by their last checkpoints.",
    origin = Origin.CLUSTER,
    look = Look.Rows,
    wide = true,
    access = Access.ADMIN,
    compares = false,
    refreshSeconds = 3,
) { question ->
    val state = question.reads.cluster() ?: return@Panel Cluster.nothing()
    val lag = state.lag ?: return@Panel Table(emptyList(), emptyList(), why = "Kafka does not answer just now.")
    Table(
        listOf(
            Column.text("topic", "Topic"),
            Column.count("lag", "Waiting"),
            Column.count("end", "Records so far"),
            Column.text("reader", "Read by"),
        ),
        lag.map { Row(it.topic, it.lag, it.end, it.reader) },
    )
}
