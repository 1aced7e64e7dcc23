package twitchactors.store

import java.time.Duration
import javax.sql.DataSource

/** How each node of the cluster is, by its own words and the database's clock. Blocks its caller; safe for use by several threads. */
class NodeVitals(private val dataSource: DataSource) {
    /**
     * @param address of Pekko's remoting
     * @param resident memory as the system sees it; null where it does not tell
     * @param pollers streamers that it polls
     * @param partitions viewer partitions that live on it
     * @param namesApplied sightings that it has applied since it started
     */
    data class Vitals(
        val address: String,
        val heapUsed: Long,
        val heapMax: Long,
        val resident: Long?,
        val pollers: Int,
        val partitions: Int,
        val namesApplied: Long,
    )

    /** @param age how long ago a node has said so */
    data class Said(val vitals: Vitals, val age: Duration)

    fun say(vitals: Vitals) {
        dataSource.update(
            "REPLACE INTO node_vitals (address, heap_used, heap_max, resident, pollers, partitions, names_applied, said_at) " +
                "VALUES (?, ?, ?, ?, ?, ?, ?, CURRENT_TIMESTAMP(3))",
            vitals.address,
            vitals.heapUsed,
            vitals.heapMax,
            vitals.resident,
            vitals.pollers,
            vitals.partitions,
            vitals.namesApplied,
        )
    }

    /** By address, what nodes have said within [time]; older rows of nodes that are gone are removed by [forget]. */
    fun said(time: Duration): Map<String, Said> = dataSource.query(
        "SELECT address, heap_used, heap_max, resident, pollers, partitions, names_applied, " +
            "TIMESTAMPDIFF(MICROSECOND, said_at, CURRENT_TIMESTAMP(3)) FROM node_vitals " +
            "WHERE said_at > TIMESTAMPADD(SECOND, ?, CURRENT_TIMESTAMP(3))",
        -time.toSeconds(),
    ) { row ->
        val resident = row.getLong(4).takeUnless { row.wasNull() }
        val vitals = Vitals(row.getString(1), row.getLong(2), row.getLong(3), resident, row.getInt(5), row.getInt(6), row.getLong(7))
        Said(vitals, Duration.ofNanos(row.getLong(8) * 1000))
    }.associateBy { it.vitals.address }

    /** Removes what was said longer than [time] ago. */
    fun forget(time: Duration): Int =
        dataSource.update("DELETE FROM node_vitals WHERE said_at < TIMESTAMPADD(SECOND, ?, CURRENT_TIMESTAMP(3))", -time.toSeconds())
}
