package twitchactors.sources

import java.util.concurrent.ThreadLocalRandom

/**
 * Who we are in the chat.
 *
 * @param nick the account's login; for nobody `justinfan` and a number
 * @param token its access token with the scope `chat:read`, a secret; null for nobody
 */
class ChatAccount(val nick: String, internal val token: String?) {
    /** Under what its joins are counted: all who log in as nobody share one budget, for Twitch says nothing about them. */
    internal val budget: String get() = if (token == null) NOBODY else nick

    override fun toString() = nick

    companion object {
        private const val NOBODY = "justinfan"

        /** Reads along without an account. */
        fun anonymous(): ChatAccount = ChatAccount(NOBODY + ThreadLocalRandom.current().nextInt(10_000, 1_000_000), null)
    }
}
