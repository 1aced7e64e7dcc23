package twitchactors.sources

import java.time.Duration

/**
 * Whom a token belongs to, as Twitch says when it is validated.
 *
 * @param userId null for an app token
 * @param login null for an app token
 * @param lives from now
 */
class TokenOwner(val clientId: String, val userId: String?, val login: String?, val scopes: Set<String>, val lives: Duration)
