package twitchactors.profile

import twitchactors.domain.Day

/**
 * A partition's day as it was fixed: everything that is published is a function of it.
 *
 * @param revision 1 for the first; grows only when the content changed
 * @param digest SHA-256 over the day's sightings in this partition, in hexadecimal
 * @param form the content as [twitchactors.domain.OpenDayForm]; not to be changed
 */
class SealedDay(
    val day: Day,
    val partition: Int,
    val revision: Int,
    val digest: String,
    val viewers: Int,
    val pairs: Int,
    val sightings: Long,
    val form: ByteArray,
) {
    override fun toString(): String = "$day/$partition revision $revision"
}
