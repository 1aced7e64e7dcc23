package twitchactors.dashboard

import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.store.StreamerOverlaps

/** What can be chosen where audiences are compared. */
internal object OverlapChoices {
    val WINDOW = Choice("window", "Audience of", mapOf("1" to "Audience of a day", "7" to "of 7 days", "30" to "of 30 days"), default = "7")
    val WHO = Choice("who", "Who counts", mapOf("people" to "People", "all" to "With bots"), default = "people")

    /** Fewer are told of nobody: they might be known by what else they do. */
    const val LEAST = 5

    const val NOT_SEALED = "No day of this period is sealed yet: audiences are counted then."

    fun length(question: Question): Int = question.choice(WINDOW).toInt()

    fun isPeople(question: Question): Boolean = question.choice(WHO) == "people"

    /** The chosen window in words, that ends with [day]. */
    fun span(question: Question, day: Day): String =
        if (length(question) == 1) "UTC day $day" else "${length(question)} days of the calendar up to $day"

    fun overlaps(question: Question, streamer: Login, day: Day): StreamerOverlaps? =
        question.reads.audience.overlaps(streamer, day, length(question))

    /** The table of a panel whose window is not counted. */
    val notCounted = Table(
        emptyList(),
        emptyList(),
        why = "This window is not counted yet, or the streamer had nobody in the chat in it: windows follow some time after a day is " +
            "sealed.",
    )
}
