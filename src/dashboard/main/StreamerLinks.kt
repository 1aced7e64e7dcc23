package twitchactors.dashboard

import java.time.LocalDate

/** Addresses of a streamer. */
internal object StreamerLinks {
    const val ALL = "/streamers"
    const val COMPARE = "/compare"

    fun page(streamer: String): String = "$ALL/" + Question.piece(streamer)

    /** The page of the stream that is live in slot [first] of the UTC day [day]. */
    fun stream(streamer: String, day: LocalDate, first: Int): String = "/streams/" + StreamSubject(streamer, day, first)
}
