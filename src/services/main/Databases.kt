package twitchactors.services

import com.zaxxer.hikari.HikariConfig
import com.zaxxer.hikari.HikariDataSource
import java.time.Duration

/** Connection pools to MariaDB. */
object Databases {
    private const val CONNECTION_TIMEOUT_MS = 10_000L

    /**
     * Far longer than any statement of ours takes that is not meant to: one that waits for a row waits 50 s in MariaDB, and roll-ups of an
     * hour take some seconds. It is for a server that is gone without a word, for which TCP alone waits a quarter of an hour, or for ever.
     */
    private val ANSWERS_WITHIN: Duration = Duration.ofMinutes(5)

    /** Asks a server's machine that is silent for so long whether it is still there, however long the statement takes: for a minute. */
    private val KEEP_ALIVE = mapOf("tcpKeepIdle" to "30", "tcpKeepInterval" to "10", "tcpKeepCount" to "3")

    /**
     * A pool of up to [size] connections; the caller closes it. Opens none before the first is asked for, so the pool may be
     * made before the server answers; a caller waits at most 10 s for a connection.
     *
     * @param name seen in logs and metrics
     * @param answersWithin the longest silence of the server during a statement; after it the connection is given up and the statement
     * fails, though the server may still do it. Zero: however long it takes
     */
    fun pool(mariaDb: MariaDbEndpoint, name: String, size: Int, answersWithin: Duration = ANSWERS_WITHIN): HikariDataSource =
        HikariDataSource(
            HikariConfig().apply {
                poolName = name
                jdbcUrl = mariaDb.url
                username = mariaDb.user
                password = mariaDb.password
                maximumPoolSize = size
                minimumIdle = minOf(1, size)
                connectionTimeout = CONNECTION_TIMEOUT_MS
                initializationFailTimeout = -1
                addDataSourceProperty("socketTimeout", "${answersWithin.toMillis()}")
                KEEP_ALIVE.forEach(::addDataSourceProperty)
            },
        )
}
