package twitchactors.store

import java.sql.Connection
import java.sql.PreparedStatement
import java.sql.ResultSet
import java.sql.SQLException
import java.sql.SQLTransactionRollbackException
import java.util.concurrent.ThreadLocalRandom
import java.util.concurrent.locks.LockSupport
import javax.sql.DataSource

private const val ATTEMPTS = 20
private const val LONGEST_PAUSE_NANOS = 20_000_000L

/**
 * Runs [block] as one transaction: all of it or nothing. Read committed, so that transactions lock the rows they touch and not
 * the gaps between, in which other partitions write.
 */
internal fun <T> DataSource.transaction(block: (Connection) -> T): T = againAfterDeadlock { transactionOnce(block) }

/** Runs [work], which the server undoes as a whole when it ends it as a deadlock, until it goes through; each time a little later. */
private fun <T> againAfterDeadlock(work: () -> T): T {
    repeat(ATTEMPTS - 1) {
        try {
            return work()
        } catch (_: SQLTransactionRollbackException) {
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE_NANOS))
        }
    }
    return work()
}

private fun <T> DataSource.transactionOnce(block: (Connection) -> T): T = connection.use { connection ->
    connection.transactionIsolation = Connection.TRANSACTION_READ_COMMITTED
    connection.autoCommit = false
    try {
        val result = block(connection)
        connection.commit()
        result
    } catch (failure: Throwable) {
        try {
            connection.rollback()
        } catch (broken: SQLException) {
            failure.addSuppressed(broken)
        }
        throw failure
    } finally {
        // On a connection that broke this fails too, and must not hide why.
        runCatching { connection.autoCommit = true }
    }
}

/** Runs one statement that changes rows; returns how many it found. */
internal fun Connection.update(sql: String, vararg parameters: Any?): Int =
    prepareStatement(sql).use { it.with(parameters).executeUpdate() }

/** Runs one query and makes an object of each row. */
internal fun <T> Connection.query(sql: String, vararg parameters: Any?, row: (ResultSet) -> T): List<T> =
    prepareStatement(sql).use { statement ->
        statement.with(parameters).executeQuery().use { rows -> buildList { while (rows.next()) add(row(rows)) } }
    }

internal fun DataSource.update(sql: String, vararg parameters: Any?): Int =
    againAfterDeadlock { connection.use { it.update(sql, *parameters) } }

internal fun <T> DataSource.query(sql: String, vararg parameters: Any?, row: (ResultSet) -> T): List<T> =
    connection.use { it.query(sql, *parameters, row = row) }

private fun PreparedStatement.with(parameters: Array<out Any?>): PreparedStatement {
    parameters.forEachIndexed { index, value ->
        if (value is ByteArray) setBytes(index + 1, value) else setObject(index + 1, value)
    }
    return this
}

/** The number in [column]; null for SQL's NULL. */
internal fun ResultSet.intOrNull(column: Int): Int? = getInt(column).takeUnless { wasNull() }
