package twitchactors.node

import com.mongodb.MongoException
import java.sql.SQLException
import java.time.Duration
import java.util.concurrent.locks.LockSupport

/** Waits for conditions that nobody announces, up to a limit over all of them. */
class Patience(private val limit: Duration?) {
    private val began = System.nanoTime()
    private var trouble: String? = null

    /**
     * Asks [condition] again and again until it holds; throws [Ended] with [Exit.TIMED_OUT] when the limit is over before. A
     * database that does not answer is waited for, too.
     */
    fun until(what: String, condition: () -> Boolean) {
        while (!holds(condition)) {
            if (limit != null && System.nanoTime() - began > limit.toNanos()) {
                System.err.println("twitchactors: the time is over while waiting for $what; what was done is kept, run it again to go on")
                throw Ended(Exit.TIMED_OUT)
            }
            LockSupport.parkNanos(ASK_EVERY_NANOS)
            if (Thread.interrupted()) throw InterruptedException()
        }
    }

    private fun holds(condition: () -> Boolean): Boolean = try {
        condition().also {
            if (trouble != null) System.err.println("the databases answer again")
            trouble = null
        }
    } catch (failure: SQLException) {
        waits("MariaDB", failure)
    } catch (failure: MongoException) {
        waits("MongoDB", failure)
    }

    /** Says it once. */
    private fun waits(database: String, failure: Exception): Boolean {
        if (trouble != database) System.err.println("waiting for $database, which does not answer: ${failure.message}")
        trouble = database
        return false
    }

    private companion object {
        const val ASK_EVERY_NANOS = 100_000_000L
    }
}
