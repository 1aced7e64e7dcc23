package twitchactors.dashboard

import twitchactors.domain.Day
import twitchactors.domain.Login
import java.time.LocalDate

/** Addresses of a streamer. */
internal object StreamerLinks {
    const val ALL = "/streamers"
    const val COMPARE = "/compare"

    fun page(streamer: String): String = "$ALL/" + Question.piece(streamer)

    /** That page, about the UTC day [day] whatever is the default. */
    fun page(streamer: Login, day: Day): String = Days.date(day).let {
        Question.address(page(streamer.name), mapOf("period" to Period.Preset.CUSTOM.word, "from" to "$it", "to" to "$it"))
    }

    /** The page of the stream that is live in slot [first] of the UTC day [day]. */
    fun stream(streamer: String, day: LocalDate, first: Int): String = "/streams/" + StreamSubject(streamer, day, first)
}
