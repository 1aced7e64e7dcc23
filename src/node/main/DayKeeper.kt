package twitchactors.node

import twitchactors.archive.DayDigest
import twitchactors.domain.Day
import twitchactors.domain.OpenDayForm
import twitchactors.domain.Partitions
import twitchactors.domain.ViewerMerge
import twitchactors.store.DayStatus
import twitchactors.store.Seals
import twitchactors.store.ViewerDatabase

/**
 * Writes the status of a day once all partitions have sealed and published it: its counts, exact sums over the partitions, its
 * digest, and its revision, which is the next one when the digest is another. A function of the seals; it may run anywhere and
 * at any time. Blocks its caller.
 */
class DayKeeper(private val partitions: Partitions, private val seals: Seals, private val database: ViewerDatabase) {
    /** Brings the status of [day] up to date; null when it was, or when a partition is not there yet. */
    fun keep(day: Day): DayStatus? {
        var latest: DayStatus? = null
        // Another process may do the same at a time, from seals that were there before these or that came while the forms were read:
        // whoever writes looks again, so what stands there in the end is of the last seals.
        while (true) latest = next(day)?.also { database.dayStatuses.write(it).toCompletableFuture().get() } ?: return latest
    }

    /** The status that [day] ought to have; null when it has it, or when a partition is not there yet. */
    private fun next(day: Day): DayStatus? {
        val sealed = seals.of(day)
        if (sealed.size < partitions.count || sealed.any { !it.published }) return null
        val before = database.dayStatuses.of(day).toCompletableFuture().get()
        val sum = sealed.sumOf { it.revision }
        if (before?.seals == sum) return null
        val digest = digest(day)
        val revision = (before?.revision ?: 0) + if (before?.digest == digest) 0 else 1
        // The embedded document store may lose its last second; the status is then made again.
        return DayStatus(
            day = day,
            revision = revision,
            seals = sum,
            sealed = true,
            viewers = sealed.sumOf { it.viewers },
            pairs = sealed.sumOf { it.pairs },
            sightings = sealed.sumOf { it.sightings },
            digest = digest,
        )
    }

    private fun digest(day: Day): String {
        val merge = ViewerMerge((0 until partitions.count).map { OpenDayForm.cursor(checkNotNull(seals.form(day, it))) })
        val digest = DayDigest(merge.streamers)
        val encoder = digest.encoder()
        var viewers = 0
        while (merge.next(encoder)) if (++viewers % VIEWERS_AT_A_TIME == 0) digest.append(encoder)
        digest.append(encoder)
        digest.close()
        return digest.hex
    }

    private companion object {
        const val VIEWERS_AT_A_TIME = 1000
    }
}
