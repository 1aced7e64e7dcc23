package twitchactors.profile

import twitchactors.domain.ByteSink
import twitchactors.domain.Day
import twitchactors.domain.LoginFilter
import twitchactors.domain.OpenDay
import twitchactors.domain.OpenDayForm

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
    /** The next revision, which knows only viewers who are admitted; null when this one does so already. */
    fun without(admits: LoginFilter): SealedDay? {
        val cursor = OpenDayForm.cursor(form)
        var allAdmitted = true
        while (allAdmitted && cursor.next()) allAdmitted = admits.admits(cursor.viewer, 0, cursor.length)
        return if (allAdmitted) null else of(OpenDayForm.read(form, admits = admits), partition, revision + 1)
    }

    override fun toString(): String = "$day/$partition revision $revision"

    companion object {
        /** [open] as it is now. */
        fun of(open: OpenDay, partition: Int, revision: Int, digest: String = open.digest()): SealedDay {
            val form = ByteSink(1 shl 16).also { OpenDayForm.write(open, it) }.copy()
            return SealedDay(open.day, partition, revision, digest, open.viewerCount, open.pairCount, open.sightingCount, form)
        }
    }
}
