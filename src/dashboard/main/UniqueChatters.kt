package twitchactors.dashboard

import twitchactors.domain.Day

/**
 * Unique chatters of each streamer, as far as the pipeline has counted them: of the last sealed day of a period alone, or of the 7 or 30
 * days of the calendar up to it. What is distinct over other spans is not known.
 *
 * @param length in days: 1, 7 or 30
 */
internal class UniqueChatters private constructor(val last: Day, val length: Int, private val byStreamer: Map<String, Long>) {
    operator fun get(streamer: String): Long? = byStreamer[streamer]

    val span: String get() = if (length == 1) "on $last" else "in the $length days up to $last"

    companion object {
        const val HOW = "Unique chatters: distinct accounts seen in the chat, counted for the last sealed day of the period when it " +
            "has one day, else for the 7 days up to it, and for 30 in periods above 8 days."

        const val NONE = "Unique chatters are counted when a day is sealed; none of the period is yet."

        /** Null when no day of the period of [question] is sealed. */
        fun of(question: Question): UniqueChatters? {
            val sealed = question.reads.audience.sealed(question.period.utcDays.map(Days::of))
            val last = sealed.lastOrNull() ?: return null
            val length = if (question.period.isFine) WEEK else MONTH
            return (if (sealed.size > 1) of(question, last, length) else null) ?: of(question, last, 1)
        }

        private fun of(question: Question, last: Day, length: Int): UniqueChatters? =
            question.reads.audience.uniques(last, length)?.let { UniqueChatters(last, length, it) }

        private const val WEEK = 7
        private const val MONTH = 30
    }
}
