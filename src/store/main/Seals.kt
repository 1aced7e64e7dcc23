package twitchactors.store

import twitchactors.domain.Day
import java.sql.Connection
import java.sql.ResultSet
import java.sql.SQLIntegrityConstraintViolationException
import java.time.Duration
import java.time.LocalDate
import javax.sql.DataSource

/**
 * The seals of all partitions and days, with the content that each fixed. A seal only gives way to a greater revision, and none is
 * taken from an owner after a newer one has claimed the partition, so a former owner cannot put its own over a newer one. Blocks
 * its caller; safe for use by several threads.
 *
 * What a seal said that gave way is kept until the one in its place is published: what is in the viewer database by then follows
 * from both.
 */
class Seals(private val dataSource: DataSource, private val fenced: FencedWrites = FencedWrites(dataSource)) {
    private val superseded = SupersededSeals(dataSource)

    /**
     * Writes [seal] with the content [form] if nothing newer is there. True as well when the same revision with the same digest
     * is there already. A revision is never given to a second content, whoever comes with it: what was published under it could not
     * be told apart.
     *
     * False: nothing was written. When another owner has claimed the partition since, the attempt is counted in [FencedWrites]; when
     * a former one has sealed the day and the caller did not know, the caller begins again from what is there, and its own content
     * becomes the next revision.
     *
     * A seal that takes the place of another is not yet published, except when its revision and digest are the same.
     *
     * @param form up to 1 GiB; compressed here
     */
    fun write(seal: Seal, form: ByteArray): Boolean {
        val pieces = Pieces.of(form)
        while (true) {
            val written = dataSource.transaction { connection ->
                if (!isOwner(connection, seal)) return@transaction false
                // Replaced only after it was seen to be there: a look for a row that is absent would lock what others insert.
                val own = insert(connection, seal, pieces, form.size) || replace(connection, seal, pieces, form.size)
                if (own) Pieces.writeFurther(connection, owner(seal.day, seal.partition), pieces)
                own
            }
            if (written) return true
            val there = of(seal.day, seal.partition)
            if (there != null && there.revision == seal.revision && there.digest == seal.digest) return true
            if (!dataSource.transaction { isOwner(it, seal) }) {
                fenced.count(seal.partition, FencedWrites.What.SEAL)
                return false
            }
            if (there == null || there.revision < seal.revision) continue
            return false
        }
    }

    /**
     * Says that all that follows from [revision] is durable in the viewer database, and nothing else of that day and partition is
     * there; what it superseded is forgotten. False: that revision is not there any more.
     */
    fun markPublished(day: Day, partition: Int, revision: Int): Boolean = dataSource.transaction { connection ->
        val found = connection.update(
            "UPDATE partition_seals SET published = TRUE WHERE day = ? AND `partition` = ? AND revision = ?",
            day.date,
            partition,
            revision,
        ) == 1
        if (found) superseded.forget(connection, day, partition)
        found
    }

    /** What seals of [day] by [partition] said that gave way to the one there now, before that was published; the oldest first. */
    fun superseded(day: Day, partition: Int): List<SupersededSeal> = superseded.of(day, partition)

    /** The seals of [day], by partition. */
    fun of(day: Day): List<Seal> = dataSource.query("$SELECT WHERE day = ? ORDER BY `partition`", day.date, row = ::seal)

    /** The seal of [partition] for [day]; null when it has none. */
    fun of(day: Day, partition: Int): Seal? =
        dataSource.query("$SELECT WHERE day = ? AND `partition` = ?", day.date, partition, row = ::seal).firstOrNull()

    /** The seals of [partition], by day; those not [Seal.published] a new owner has to publish again. */
    fun of(partition: Int): List<Seal> = dataSource.query("$SELECT WHERE `partition` = ? ORDER BY day", partition, row = ::seal)

    /** The content that [partition] sealed for [day], as it was given to [write]; null when there is no seal. */
    fun form(day: Day, partition: Int): ByteArray? = dataSource.transaction { connection ->
        connection.query(
            "SELECT form, form_pieces, form_bytes FROM partition_seals WHERE day = ? AND `partition` = ? LOCK IN SHARE MODE",
            day.date,
            partition,
        ) { row ->
            Pieces.read(connection, owner(day, partition), row.getBytes(1), row.getInt(2), row.getInt(3))
        }.firstOrNull()
    }

    /** The days that any partition has sealed, ascending. */
    fun days(): List<Day> = dataSource.query("SELECT DISTINCT day FROM partition_seals ORDER BY day") { it.day() }

    /** How many viewer-days are sealed, all days and partitions together. */
    fun viewers(): Long = dataSource.query("SELECT COALESCE(SUM(viewers), 0) FROM partition_seals") { it.getLong(1) }.single()

    /** Forgets the seals of [day]; returns how many there were. */
    fun delete(day: Day): Int = dataSource.transaction { connection ->
        val partitions = connection.query("SELECT `partition` FROM partition_seals WHERE day = ? FOR UPDATE", day.date) { it.getInt(1) }
        partitions.forEach {
            Pieces.trim(connection, owner(day, it), 0)
            superseded.forget(connection, day, it)
        }
        connection.update("DELETE FROM partition_seals WHERE day = ?", day.date)
    }

    /** Forgets what was superseded longer than [age] ago, by the database's clock; returns how many seals that was. */
    fun forgetSuperseded(age: Duration): Int = superseded.removeOlderThan(age)

    /** Whether nobody has claimed the partition since; a claim waits until the end of the transaction. */
    private fun isOwner(connection: Connection, seal: Seal): Boolean = connection.query(
        "SELECT fence FROM partition_checkpoints WHERE `partition` = ? LOCK IN SHARE MODE",
        seal.partition,
    ) { it.getLong(1) }.all { it <= seal.fence }

    private fun insert(connection: Connection, seal: Seal, pieces: List<ByteArray>, length: Int): Boolean = try {
        connection.update(
            "INSERT INTO partition_seals (day, `partition`, revision, fence, digest, viewers, pairs, sightings, published, sealed_at, " +
                "form, form_pieces, form_bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, FALSE, CURRENT_TIMESTAMP(3), ?, ?, ?)",
            seal.day.date,
            seal.partition,
            seal.revision,
            seal.fence,
            seal.digest,
            seal.viewers,
            seal.pairs,
            seal.sightings,
            pieces[0],
            pieces.size,
            length,
        ) == 1
    } catch (_: SQLIntegrityConstraintViolationException) {
        false
    }

    private fun replace(connection: Connection, seal: Seal, pieces: List<ByteArray>, length: Int): Boolean {
        superseded.keep(connection, seal)
        return update(connection, seal, pieces, length)
    }

    private fun update(connection: Connection, seal: Seal, pieces: List<ByteArray>, length: Int): Boolean = connection.update(
        // `published` first: columns are assigned from left to right.
        "UPDATE partition_seals SET published = (published AND revision = ? AND digest = ?), revision = ?, fence = ?, digest = ?, " +
            "viewers = ?, pairs = ?, sightings = ?, sealed_at = CURRENT_TIMESTAMP(3), form = ?, form_pieces = ?, form_bytes = ? " +
            "WHERE day = ? AND `partition` = ? AND (revision < ? OR (revision = ? AND digest = ? AND fence < ?))",
        seal.revision,
        seal.digest,
        seal.revision,
        seal.fence,
        seal.digest,
        seal.viewers,
        seal.pairs,
        seal.sightings,
        pieces[0],
        pieces.size,
        length,
        seal.day.date,
        seal.partition,
        seal.revision,
        seal.revision,
        seal.digest,
        seal.fence,
    ) == 1

    private companion object {
        const val SELECT = "SELECT day, `partition`, revision, fence, digest, viewers, pairs, sightings, published FROM partition_seals"

        val Day.date: LocalDate get() = LocalDate.ofEpochDay(epochDay.toLong())

        fun ResultSet.day() = Day(getObject(1, LocalDate::class.java).toEpochDay().toInt())

        fun owner(day: Day, partition: Int) = SupersededSeals.ownerOfSeal(day, partition)

        fun seal(row: ResultSet) = Seal(
            day = row.day(),
            partition = row.getInt(2),
            revision = row.getInt(3),
            fence = row.getLong(4),
            digest = row.getString(5),
            viewers = row.getLong(6),
            pairs = row.getLong(7),
            sightings = row.getLong(8),
            published = row.getBoolean(9),
        )
    }
}
