package twitchactors.sources

import twitchactors.domain.Login
import java.time.Instant

/**
 * A stream that is live, as Twitch tells it (Helix `GET /streams`).
 *
 * @param userId Twitch's number of the account, as text
 * @param liveViewers Twitch's own count, 0 or more; null when it is not known
 * @param categoryId empty when it has none
 * @param language as Twitch writes it, such as `fr`
 */
data class LiveStream(
    val streamer: Login,
    val userId: String,
    val streamId: String,
    val title: String,
    val categoryId: String,
    val category: String,
    val language: String,
    val tags: List<String>,
    val liveViewers: Int?,
    val startedAt: Instant,
)
