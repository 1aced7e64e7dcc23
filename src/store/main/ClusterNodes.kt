package twitchactors.store

import java.time.Duration
import java.time.Instant
import javax.sql.DataSource

/**
 * Which nodes of the cluster live, by their own words and the database's clock, so that one that reaches no other node can still tell
 * whether there are any.
 */
class ClusterNodes(private val dataSource: DataSource) {
    /** Says that the node at [address] is a member of the cluster just now. */
    fun lives(address: String) {
        dataSource.update(
            "INSERT INTO cluster_nodes (address, seen_at) VALUES (?, CURRENT_TIMESTAMP(3)) " +
                "ON DUPLICATE KEY UPDATE seen_at = CURRENT_TIMESTAMP(3)",
            address,
        )
    }

    /** The addresses of nodes other than [address] that have said so within [time], in order. */
    fun others(address: String, time: Duration): List<String> = dataSource.query(
        "SELECT address FROM cluster_nodes WHERE address <> ? AND seen_at > TIMESTAMPADD(SECOND, ?, CURRENT_TIMESTAMP(3)) ORDER BY address",
        address,
        -time.toSeconds(),
    ) { it.getString(1) }

    /** What the database's clock says. */
    fun now(): Instant = dataSource.query("SELECT FLOOR(UNIX_TIMESTAMP(CURRENT_TIMESTAMP(3)) * 1000)") {
        Instant.ofEpochMilli(it.getLong(1))
    }.single()
}
