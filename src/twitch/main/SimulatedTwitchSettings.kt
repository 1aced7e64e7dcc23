package twitchactors.twitch

import java.nio.file.Path

/**
 * How a [SimulatedTwitch] is set up. The defaults are the limits that Twitch documents.
 *
 * @param port of HTTP and WebSocket; 0 takes a free one
 * @param ircPort of IRC over plain TCP; 0 takes a free one
 * @param limitTime the time in which points, lives and joins are counted
 * @param pointsPerMinute of each bucket: one for a client's app tokens, one for each of its users
 * @param moderated the share, 0 to 1, of streamers of whom the collector is a moderator: whose chatters it may read
 * @param cursorSlots a cursor is refused when the listing that it belongs to began so many slots ago
 * @param faults from the start
 * @param controlToken what changes below `/simulator` must bring as `Authorization: Bearer ..`; null: every program of this machine may
 * @param served the file to which every completed reply is logged (see [ServedLog]); null for none
 */
class SimulatedTwitchSettings(
    val host: String = "127.0.0.1",
    val port: Int = 0,
    val ircPort: Int = 0,
    val limitTime: LimitTime = LimitTime.SIMULATED,
    val pointsPerMinute: Int = 800,
    val moderated: Double = 1.0,
    val cursorSlots: Int = 12,
    val lives: TokenLives = TokenLives(),
    val chat: ChatLimits = ChatLimits(),
    val faults: List<Fault> = emptyList(),
    val served: Path? = null,
    val controlToken: String? = null,
) {
    init {
        require(host.startsWith("127.") || host == "localhost") { "$host: a simulated Twitch is for this machine only, 127.x.x.x" }
        require(pointsPerMinute > 0) { "$pointsPerMinute points a minute: 1 or more" }
        require(moderated in 0.0..1.0) { "$moderated is no share: 0 to 1" }
        require(cursorSlots in 1..MAX_CURSOR_SLOTS) { "cursors of $cursorSlots slots: 1 to $MAX_CURSOR_SLOTS" }
    }

    companion object {
        /** The app that is registered with the simulated Twitch. Known to all: it opens nothing but a simulation. */
        const val CLIENT_ID = "simulatedclient000000000000000"
        const val CLIENT_SECRET = "simulatedsecret000000000000000"

        /** The account that stands for who collects; it is in no chat. */
        const val COLLECTOR = "simulated_collector"

        /** Yesterday is kept, not the day before. */
        private const val MAX_CURSOR_SLOTS = 288
    }
}
