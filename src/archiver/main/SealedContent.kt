package twitchactors.archiver

import twitchactors.domain.Day

/**
 * What was sealed of a day: what its files have to fold to.
 *
 * @param digest of all sightings, 64 hexadecimal digits
 */
data class SealedContent(val day: Day, val revision: Int, val digest: String, val viewers: Long, val pairs: Long, val sightings: Long)
