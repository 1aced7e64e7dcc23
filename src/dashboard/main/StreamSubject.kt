package twitchactors.dashboard

import twitchactors.domain.Login
import twitchactors.domain.Slot
import java.time.DateTimeException
import java.time.LocalDate

/**
 * Which stream a page is about: the one of [streamer] whose first slot on the UTC day [day] is [first]. Such a name holds as long as
 * nothing comes later that was before it.
 */
internal data class StreamSubject(val streamer: String, val day: LocalDate, val first: Int) {
    override fun toString(): String = "$streamer/$day/$first"

    companion object {
        /** Null when [text] names none. */
        fun of(text: String?): StreamSubject? {
            val parts = text.orEmpty().split('/')
            if (parts.size != 3) return null
            val streamer = Login.of(parts[0]) ?: return null
            val day = try {
                LocalDate.parse(parts[1]).takeIf { it.year in 1970..9998 }
            } catch (_: DateTimeException) {
                null
            }
            val first = parts[2].toIntOrNull()?.takeIf { it in 0 until Slot.PER_DAY }
            return if (day == null || first == null) null else StreamSubject(streamer.name, day, first)
        }
    }
}
