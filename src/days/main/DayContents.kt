package twitchactors.days

import twitchactors.archive.DayDigest
import twitchactors.domain.Day
import twitchactors.domain.OpenDayForm
import twitchactors.domain.ViewerMerge
import twitchactors.store.Seal
import twitchactors.store.Seals

/** Counts what the partitions have sealed of a day, and makes its digest. A function of the seals. Blocks its caller. */
class DayContents(private val seals: Seals, private val partitions: Int) {
    /** The content of [day]; null when a partition has not sealed and published it, or seals it anew meanwhile. */
    fun of(day: Day): DayContent? {
        val sealed = seals.of(day)
        if (sealed.size < partitions || sealed.any { !it.published }) return null
        val digest = digest(day)
        // The forms were read one after the other: they belong together only if they are still those.
        if (seals.of(day).map(::content) != sealed.map(::content)) return null
        return DayContent(
            digest = digest,
            viewers = sealed.sumOf { it.viewers },
            pairs = sealed.sumOf { it.pairs },
            sightings = sealed.sumOf { it.sightings },
            partitions = sealed.map(::content),
        )
    }

    private fun content(seal: Seal) = DayContent.PartitionSeal(seal.revision, seal.digest)

    private fun digest(day: Day): String {
        val merge = ViewerMerge((0 until partitions).map { OpenDayForm.cursor(checkNotNull(seals.form(day, it))) })
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
