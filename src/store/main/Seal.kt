package twitchactors.store

import twitchactors.domain.Day

/**
 * What a partition has fixed of a day.
 *
 * @param revision 1 or greater; each change of the content takes the next
 * @param fence of the owner that sealed
 * @param digest of the partition's sightings, 64 hexadecimal digits
 * @param viewers distinct; with [pairs] (distinct viewer, streamer) and [sightings] derived from the sealed sets
 * @param published true once everything that follows from this revision is durable in the viewer database
 */
data class Seal(
    val day: Day,
    val partition: Int,
    val revision: Int,
    val fence: Long,
    val digest: String,
    val viewers: Long,
    val pairs: Long,
    val sightings: Long,
    val published: Boolean = false,
) {
    init {
        require(revision >= 1) { "revision $revision: the first is 1" }
        require(digest.length == DIGEST_LENGTH) { "a digest has $DIGEST_LENGTH digits, not ${digest.length}" }
    }

    private companion object {
        const val DIGEST_LENGTH = 64
    }
}
