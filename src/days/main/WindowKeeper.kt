package twitchactors.days

import twitchactors.domain.Day
import twitchactors.store.WindowAudiences
import twitchactors.store.WindowCounts
import twitchactors.store.WindowCounts.SealedDay
import twitchactors.store.WindowCounts.Window
import java.security.MessageDigest

/**
 * Keeps what is published of the audiences of the last 7 and 30 days, and communities of these and of each day. A window is due when
 * its last day is sealed, and again when one of its days has other content or comes late; the latest first. Blocks its caller.
 */
class WindowKeeper(
    private val windows: AudienceWindows,
    private val published: WindowAudiences,
    private val counts: WindowCounts,
    private val makeDurable: () -> Unit,
) {
    private class Due(val window: Window, val days: List<SealedDay>, val follows: String)

    /** Whether what is published of all windows follows from what is sealed. */
    val isUpToDate: Boolean get() = due().none()

    /** Counts the window that is due first; false when none is, or what is due is sealed anew meanwhile. */
    fun next(): Boolean = due().any { count(it.window, it.days, it.follows) }

    private fun due(): Sequence<Due> {
        val sealed = counts.sealed()
        val known = counts.follows()
        val windows = sealed.asReversed().asSequence().flatMap { last -> LENGTHS.map { due(sealed, last.day, it) } }
        return windows.filter { known[it.window] != it.follows }
    }

    private fun due(sealed: List<SealedDay>, last: Day, length: Int): Due {
        val days = sealed.filter { it.day.epochDay in last.epochDay - length + 1..last.epochDay }
        return Due(Window(last, length), days, follows(length, days))
    }

    /** False when one of [days] is sealed anew meanwhile: then it is due again. */
    private fun count(window: Window, days: List<SealedDay>, follows: String): Boolean {
        val audience = windows.of(days.map(SealedDay::day)) ?: return false
        val isThere = published.write(audience, window.length, days.sumOf { it.revisions }, follows).toCompletableFuture().get()
        if (!isThere) return false
        makeDurable()
        counts.note(window, follows)
        return true
    }

    private fun follows(length: Int, days: List<SealedDay>): String {
        val text = days.joinToString(" ", "$FORMULAS $length ") { "${it.day} ${it.revisions} ${it.content}" }
        return MessageDigest.getInstance("SHA-256").digest(text.toByteArray()).joinToString("") { "%02x".format(it) }
    }

    companion object {
        /** Another number makes every window be counted anew. */
        private const val FORMULAS = 2

        /** Days of the windows; 1 is the day alone, of which there are communities only. */
        val LENGTHS = listOf(1, 7, 30)
    }
}
