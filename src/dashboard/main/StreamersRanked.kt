package twitchactors.dashboard

/** The tracked streamers of a period in their order, and what is found among them. */
internal class StreamersRanked(private val question: Question) {
    /** @param values by the keys of [COLUMNS] */
    class Streamer(val name: String, val values: Map<String, Any?>)

    val span = TrackedSpan(question)
    val unique: UniqueChatters? by lazy { UniqueChatters.of(question) }
    private val rank = StreamerChoices.rank(question)

    val all: List<Streamer> by lazy {
        span.streamers.map { streamer ->
            val sums = streamer.sums
            Streamer(
                streamer.streamer,
                mapOf(
                    "average_viewers" to sums.viewers,
                    "hours_watched" to sums.hoursWatched,
                    "peak_viewers" to sums.viewersPeak,
                    "airtime" to sums.hours,
                    "average_chatters" to sums.chatters,
                    "unique_chatters" to unique?.get(streamer.streamer),
                    "average_anonymous" to sums.anonymous,
                    "days" to streamer.days,
                    "language" to streamer.language,
                ),
            )
        }.sortedWith(compareByDescending<Streamer> { order(it) }.thenBy { it.name })
    }

    /** What cannot be ranked comes last. */
    private fun order(streamer: Streamer): Double = (streamer.values[rank.column] as Number?)?.toDouble() ?: -1.0

    companion object {
        const val HOW = "By the samples of tracked streamers. Airtime: the time that samples speak for, each until the next one of its " +
            "stream, ten minutes at most. Average viewers (Twitch's own count) and average chatters (accounts seen in the chat) are " +
            "weighed by that time. Hours watched: average viewers times airtime. Anonymous: viewers less chatters of the same sample, " +
            "never below zero, on average. ${UniqueChatters.HOW} In periods up to 8 days by hours, in longer ones by the UTC days that " +
            "they touch."
    }
}
