package twitchactors.twitch

/**
 * An access token.
 *
 * @property user the account that granted it; null for an app token
 * @property expiresAt milliseconds of the time of limits
 */
internal class Token(val value: String, val user: Int?, val scopes: Set<String>, val expiresAt: Long, val refresh: String?) {
    /** Whose budget its requests are taken from. */
    fun budget(accounts: Accounts): String = if (user == null) "app" else "user:${accounts.login(user)}"
}
