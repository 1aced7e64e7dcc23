package twitchactors.dashboard

import twitchactors.store.SweptFigures.SweptHour
import java.time.Instant

/**
 * What the page of times can show.
 *
 * @param isHourly whether it is known by the hour; else by the UTC day only
 */
internal enum class Metric(val word: String, val title: String, val isHourly: Boolean) {
    VIEWERS("viewers", "Total viewers", true),
    STREAMS("streams", "Streams", true),
    AVERAGE("average", "Viewers per stream", true),
    STREAMERS("streamers", "Unique streamers", true),
    CHATTERS("chatters", "Unique viewers in chat", false),
    ;

    companion object {
        val CHOICE = Choice("metric", "Metric", entries.associate { it.word to it.title }, default = VIEWERS.word)

        const val HOW = "Total viewers: as Twitch counts them, summed over all swept streams. Streams: how many were swept. " +
            "Viewers per stream: the one by the other. Unique streamers: distinct ones in the hour (in the UTC day where days are " +
            "shown). Each is averaged over the sweeps or hours of what is shown. Unique viewers in chat: distinct accounts in " +
            "tracked chats, by sealed UTC day."

        fun of(question: Question): Metric = entries.first { it.word == question.choice(CHOICE) }

        /** The hours of the period; none for what is known by day only. */
        fun hours(question: Question): List<WeekHours.Point> {
            val metric = of(question)
            return if (!metric.isHourly) emptyList() else SweptSpan(question).hours.map { point(metric, it) }
        }

        private fun point(metric: Metric, hour: SweptHour): WeekHours.Point = when (metric) {
            VIEWERS -> WeekHours.Point(hour.hour, hour.viewersSum.toDouble(), hour.sweeps.toDouble())
            STREAMS -> WeekHours.Point(hour.hour, hour.streamsSum.toDouble(), hour.sweeps.toDouble())
            AVERAGE -> WeekHours.Point(hour.hour, hour.viewersSum.toDouble(), hour.streamsSum.toDouble())
            STREAMERS -> WeekHours.Point(hour.hour, hour.channels.toDouble(), 1.0)
            CHATTERS -> WeekHours.Point(hour.hour, 0.0, 0.0)
        }

        /** By UTC day: what is distinct over a day is not an average of its hours. Empty where hours say it. */
        fun days(question: Question): Map<Instant, Double> {
            val days = question.period.utcDays
            return when (of(question)) {
                CHATTERS -> question.reads.statuses.of(days.map(Days::of)).now()
                    .associate { Days.start(Days.date(it.day)) to it.viewers.toDouble() }
                STREAMERS -> question.reads.days.channels(days.first(), days.last().plusDays(1))
                    .map { (day, count) -> Days.start(day) to count.toDouble() }.toMap()
                else -> emptyMap()
            }
        }
    }
}
