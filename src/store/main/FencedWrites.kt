package twitchactors.store

import java.util.concurrent.atomic.LongAdder
import javax.sql.DataSource

/** Counts the writes of former owners of a partition that were refused: each is a time at which the fence was needed. */
class FencedWrites(private val dataSource: DataSource) {
    /** What a former owner tried to write. */
    enum class What(internal val word: String) { CHECKPOINT("checkpoint"), SEAL("seal") }

    private val ofThisProcess = LongAdder()

    /** Those of this process, whichever life of its node has tried them. */
    val here: Long get() = ofThisProcess.sum()

    /** The refused attempts of all former owners of [partition] to write [what]. */
    fun attempts(partition: Int, what: What): Long = dataSource.query(
        "SELECT attempts FROM fenced_writes WHERE `partition` = ? AND what = ?",
        partition,
        what.word,
    ) { it.getLong(1) }.firstOrNull() ?: 0

    /** The refused attempts of all partitions. */
    fun attempts(): Long = dataSource.query("SELECT COALESCE(SUM(attempts), 0) FROM fenced_writes") { it.getLong(1) }.single()

    internal fun count(partition: Int, what: What) {
        ofThisProcess.increment()
        dataSource.update(
            "INSERT INTO fenced_writes (`partition`, what, attempts, last_at) VALUES (?, ?, 1, CURRENT_TIMESTAMP(3)) " +
                "ON DUPLICATE KEY UPDATE attempts = attempts + 1, last_at = CURRENT_TIMESTAMP(3)",
            partition,
            what.word,
        )
    }
}
