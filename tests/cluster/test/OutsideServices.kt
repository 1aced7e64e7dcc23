package twitchactors.cluster

import twitchactors.pipeline.SeparateServices
import twitchactors.services.MariaDbEndpoint
import twitchactors.services.ServiceSettings
import twitchactors.services.Services
import java.nio.file.Path
import java.sql.Connection
import java.sql.DriverManager

/**
 * Kafka, MariaDB and the document store in this process, as a user's own services are: they know nothing of the nodes.
 *
 * @param environment how a program is told of them
 */
class OutsideServices private constructor(
    val environment: Map<String, String>,
    private val mariaDb: () -> MariaDbEndpoint,
    private val running: AutoCloseable,
) : AutoCloseable {
    /** Each of [services] may be away for a while. */
    constructor(services: SeparateServices) : this(services.environment, { services.mariaDb.services.mariaDb }, services)

    private constructor(services: Services) :
        this(SeparateServices.told(services.kafka, services.mariaDb, services.mongo), { services.mariaDb }, services)

    /** All three below [folder]. */
    constructor(folder: Path) : this(Services.start(ServiceSettings(), folder))

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

    private fun connect(): Connection = mariaDb().let { DriverManager.getConnection(it.url, it.user, it.password) }

    override fun close() = running.close()
}
