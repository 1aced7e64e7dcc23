package twitchactors.services

import com.zaxxer.hikari.HikariConfig
import com.zaxxer.hikari.HikariDataSource

/** Connection pools to MariaDB. */
object Databases {
    private const val CONNECTION_TIMEOUT_MS = 10_000L

    /**
     * A pool of up to [size] connections; the caller closes it. Opens none before the first is asked for, so the pool may be
     * made before the server answers; a caller waits at most 10 s for a connection.
     *
     * @param name seen in logs and metrics
     */
    fun pool(mariaDb: MariaDbEndpoint, name: String, size: Int): HikariDataSource = HikariDataSource(
        HikariConfig().apply {
            poolName = name
            jdbcUrl = mariaDb.url
            username = mariaDb.user
            password = mariaDb.password
            maximumPoolSize = size
            minimumIdle = minOf(1, size)
            connectionTimeout = CONNECTION_TIMEOUT_MS
            initializationFailTimeout = -1
        },
    )
}
