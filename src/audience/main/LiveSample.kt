package twitchactors.audience

/**
 * What a sample says of a stream that was live, besides the logins.
 *
 * @param slot 0..287
 * @param liveViewers Twitch's own count; null: unknown
 * @param hasChatters whether it says who was in the chat; false: a gap, of which at least the live viewers are known
 * @param isComplete whether it says of everybody in the chat
 * @param title empty: unknown
 * @param game empty: unknown
 * @param streamId Twitch's own; empty: unknown
 * @param language empty: unknown
 * @param chatters how many logins the sample has; null: unknown
 */
data class LiveSample(
    val slot: Int,
    val liveViewers: Int?,
    val hasChatters: Boolean = true,
    val isComplete: Boolean = hasChatters,
    val title: String = "",
    val game: String = "",
    val streamId: String = "",
    val language: String = "",
    val chatters: Int? = null,
)
