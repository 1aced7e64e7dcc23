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

    /**
     * Claims for [address] to begin a cluster, where nobody else has done so within [time]; returns who may. A claim is made again as long
     * as it is needed, and forgotten after [time].
     */
    fun beginner(address: String, time: Duration): String {
        // Assignments are done from left to right: the second one sees who has the claim now.
        dataSource.update(
            "INSERT INTO cluster_beginning (id, address, claimed_at) VALUES (1, ?, CURRENT_TIMESTAMP(3)) ON DUPLICATE KEY UPDATE " +
                "address = IF(claimed_at < TIMESTAMPADD(SECOND, ?, CURRENT_TIMESTAMP(3)), VALUES(address), address), " +
                "claimed_at = IF(address = VALUES(address), CURRENT_TIMESTAMP(3), claimed_at)",
            address,
            -time.toSeconds(),
        )
        return dataSource.query("SELECT address FROM cluster_beginning WHERE id = 1") { it.getString(1) }.single()
    }

    /** What the database's clock says. */
    fun now(): Instant = dataSource.query("SELECT FLOOR(UNIX_TIMESTAMP(CURRENT_TIMESTAMP(3)) * 1000)") {
        Instant.ofEpochMilli(it.getLong(1))
    }.single()
}
