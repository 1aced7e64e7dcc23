package twitchactors.store

import java.sql.Connection
import java.sql.ResultSet
import java.time.Duration
import java.time.temporal.ChronoUnit
import javax.sql.DataSource

/**
 * The checkpoints of the viewer partitions: state, Kafka offset and fence of each in one row, written by one compare-and-set.
 * Blocks its caller; safe for use by several threads.
 */
class Checkpoints(private val dataSource: DataSource, private val fenced: FencedWrites = FencedWrites(dataSource)) {
    /**
     * Makes the caller the owner of [partition]: takes the next fence first, then reads. From then on no other owner's
     * [write] succeeds, so what was read stays the latest until the caller itself writes.
     */
    fun claim(partition: Int): Claim = dataSource.transaction { connection ->
        // The first statement locks the row: of two claims one waits for the other.
        connection.update(
            "INSERT INTO partition_checkpoints (`partition`, fence, next_offset, topic_id, state_pieces, state_bytes) " +
                "VALUES (?, 1, 0, '', 0, 0) ON DUPLICATE KEY UPDATE fence = fence + 1",
            partition,
        )
        val owner = owner(partition)
        connection.query(
            "SELECT fence, next_offset, topic_id, state, state_pieces, state_bytes FROM partition_checkpoints WHERE `partition` = ?",
            partition,
        ) { row ->
            // A write of one piece leaves those of a longer value behind.
            Pieces.trim(connection, owner, row.getInt(5))
            claim(connection, partition, row)
        }.single()
    }

    private fun claim(connection: Connection, partition: Int, row: ResultSet): Claim {
        val pieces = row.getInt(5)
        if (pieces == 0) return Claim(row.getLong(1), 0, null, null)
        val state = Pieces.read(connection, owner(partition), row.getBytes(4), pieces, row.getInt(6))
        return Claim(row.getLong(1), row.getLong(2), row.getString(3), state)
    }

    /**
     * Writes the checkpoint of [partition] if [fence] is still the greatest claimed one. False: a newer owner has claimed the
     * partition, nothing was written, and the attempt was counted in [FencedWrites]; the caller must stop.
     *
     * @param nextOffset the first offset of the topic [topicId] that is not in [state]
     * @param state up to 1 GiB; compressed here
     */
    fun write(partition: Int, fence: Long, nextOffset: Long, topicId: String, state: ByteArray): Boolean {
        val pieces = Pieces.of(state)
        val compareAndSet = { connection: Connection ->
            val found = connection.update(
                "UPDATE partition_checkpoints SET next_offset = ?, topic_id = ?, state = ?, state_pieces = ?, state_bytes = ?, " +
                    "written_at = CURRENT_TIMESTAMP(3) WHERE `partition` = ? AND fence = ?",
                nextOffset,
                topicId,
                pieces[0],
                pieces.size,
                state.size,
                partition,
                fence,
            )
            found == 1
        }
        val written = if (pieces.size == 1) {
            dataSource.connection.use(compareAndSet)
        } else {
            // The row's lock is held until the end, so that a claim sees all pieces or none.
            dataSource.transaction { connection ->
                compareAndSet(connection).also { if (it) Pieces.writeFurther(connection, owner(partition), pieces) }
            }
        }
        if (!written) fenced.count(partition, FencedWrites.What.CHECKPOINT)
        return written
    }

    /** The checkpoint of [partition] as it is, without claiming it; null when nobody has ever claimed it. */
    fun read(partition: Int): Claim? = dataSource.transaction { connection ->
        connection.query(
            "SELECT fence, next_offset, topic_id, state, state_pieces, state_bytes FROM partition_checkpoints WHERE `partition` = ? " +
                "LOCK IN SHARE MODE",
            partition,
        ) { claim(connection, partition, it) }.singleOrNull()
    }

    /** All checkpoints, by partition. */
    fun ages(): List<CheckpointAge> = dataSource.query(
        "SELECT `partition`, fence, next_offset, TIMESTAMPDIFF(MICROSECOND, written_at, CURRENT_TIMESTAMP(3)), state_bytes, " +
            "state_pieces FROM partition_checkpoints ORDER BY `partition`",
    ) { row ->
        val micros = row.getLong(4)
        val age = if (row.wasNull()) null else Duration.of(micros, ChronoUnit.MICROS)
        CheckpointAge(row.getInt(1), row.getLong(2), row.getLong(3), age, row.getLong(5), row.getInt(6))
    }

    private fun owner(partition: Int) = "checkpoint/$partition"
}
