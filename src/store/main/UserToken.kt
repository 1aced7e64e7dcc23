package twitchactors.store

import java.time.Instant

/**
 * An account of Twitch that has authorized us, with its tokens in plain text: for who asks Twitch, and for nobody else to see.
 *
 * @param access what Twitch is asked with, good until [expiresAt]
 * @param refresh gets the next pair of tokens
 * @param version of this pair
 * @param isWithdrawn whether Twitch does not renew it any more: the user took it back, or it was not used for too long
 */
class UserToken(
    val userId: String,
    val login: String,
    val scopes: Set<String>,
    val access: String,
    val refresh: String,
    val expiresAt: Instant,
    val version: Long,
    val isWithdrawn: Boolean,
)
