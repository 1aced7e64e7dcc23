package twitchactors.audience

import twitchactors.domain.Day
import twitchactors.domain.Login

/**
 * What is published of one streamer's day.
 *
 * @param all of all viewers
 * @param people without those who look like bots
 * @param live what the samples say, of all streams together
 * @param streams ascending
 * @param titles with their slots as text, in the order in which they first came
 * @param games as [titles]
 */
data class StreamerDay(
    val streamer: Login,
    val day: Day,
    val all: ChatFigures,
    val people: ChatFigures,
    val live: LiveFigures,
    val streams: List<Stream>,
    val titles: Map<String, String>,
    val games: Map<String, String>,
) {
    /**
     * One stream of the day.
     *
     * @param id Twitch's own; empty: unknown
     * @param first its first slot with a sample, up to [last]
     * @param viewers unique chatters
     * @param people those of them who do not look like bots
     */
    data class Stream(val id: String, val first: Int, val last: Int, val viewers: Long, val people: Long, val live: LiveFigures)
}
