package twitchactors.cluster

import twitchactors.services.ServiceSettings
import twitchactors.services.Services
import java.nio.file.Path
import java.sql.Connection
import java.sql.DriverManager

/** Kafka, MariaDB and the document store in this process, as a user's own services are: they know nothing of the nodes. */
class OutsideServices(folder: Path) : AutoCloseable {
    private val services = Services.start(ServiceSettings(), folder)

    /** How a program is told of them. */
    val environment: Map<String, String> = mapOf(
        "TWITCHACTORS_KAFKA_BOOTSTRAP_SERVERS" to services.kafka.bootstrapServers,
        "TWITCHACTORS_MARIADB_URL" to services.mariaDb.url,
        "TWITCHACTORS_MARIADB_USER" to services.mariaDb.user,
        "TWITCHACTORS_MARIADB_PASSWORD" to services.mariaDb.password,
        "TWITCHACTORS_MONGO_URI" to services.mongo.uri,
    )

    /** By partition: how many owners it has had. */
    fun fences(): Map<Int, Long> =
        rows("SELECT `partition`, fence FROM partition_checkpoints").associate { (partition, fence) -> partition.toInt() to fence }

    /** How many writes of former owners were refused. */
    fun refused(): Long = rows("SELECT 0, COALESCE(SUM(attempts), 0) FROM fenced_writes").single().second

    /** How many partitions have sealed [day], and published it. */
    fun published(day: String): Long = rows("SELECT 0, COUNT(*) FROM partition_seals WHERE published AND day = '$day'").single().second

    /** Whether the node at [host] has ever been a member of the cluster. */
    fun hasSeen(host: String): Boolean = rows("SELECT 0, COUNT(*) FROM cluster_nodes WHERE address LIKE '%@$host:%'").single().second > 0

    private fun rows(query: String): List<Pair<Long, Long>> = connect().use { connection ->
        connection.createStatement().use { statement ->
            statement.executeQuery(query).use { rows -> buildList { while (rows.next()) add(rows.getLong(1) to rows.getLong(2)) } }
        }
    }

    private fun connect(): Connection = services.mariaDb.let { DriverManager.getConnection(it.url, it.user, it.password) }

    override fun close() = services.close()
}
