package twitchactors.sources

import java.time.Duration

/**
 * A token as Twitch issued it.
 *
 * @param refresh renews it; null for an app token
 * @param lives from when it was issued
 * @param scopes what a user granted
 */
class IssuedToken(val access: Secret, val refresh: Secret?, val lives: Duration, val scopes: Set<String>)
