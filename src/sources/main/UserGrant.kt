package twitchactors.sources

import java.time.Instant

/**
 * What an account of Twitch has granted us, as it is stored.
 *
 * @param refresh gets the next pair of tokens; works once
 * @param version of this pair of tokens
 * @param isWithdrawn whether Twitch does not renew it any more
 */
data class UserGrant(
    val userId: String,
    val login: String,
    val scopes: Set<String>,
    val access: Secret,
    val refresh: Secret,
    val expiresAt: Instant,
    val version: Long,
    val isWithdrawn: Boolean = false,
)
