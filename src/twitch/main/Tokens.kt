package twitchactors.twitch

import java.security.SecureRandom
import java.time.Duration

/** The tokens that were issued, with those that renew them. [now] is milliseconds of the time of limits. */
internal class Tokens(private val settings: SimulatedTwitchSettings, private val now: () -> Long) {
    private class Refresh(val user: Int, val scopes: Set<String>, val expiresAt: Long)

    private val random = SecureRandom()
    private val access = LinkedHashMap<String, Token>()
    private val refreshes = LinkedHashMap<String, Refresh>()

    @Synchronized
    fun app(): Token = issued(Token(text(ACCESS), null, emptySet(), expiry(settings.lives.app), null))

    @Synchronized
    fun user(user: Int, scopes: Set<String>): Token {
        val refresh = text(REFRESH)
        refreshes[refresh] = Refresh(user, scopes, expiry(settings.lives.refresh))
        return issued(Token(text(ACCESS), user, scopes, expiry(settings.lives.user), refresh))
    }

    /** The token of that value unless it has expired. */
    @Synchronized
    fun find(value: String): Token? = access[value]?.takeIf { it.expiresAt > now() }

    /** A new token for a refresh token, which works once; null when it is not known, used or expired. */
    @Synchronized
    fun renew(refresh: String): Token? = refreshes.remove(refresh)?.takeIf { it.expiresAt > now() }?.let { user(it.user, it.scopes) }

    /** Makes the token expire now; what renews it stays good. */
    @Synchronized
    fun expire(token: Token) {
        access.remove(token.value)
    }

    fun secondsLeft(token: Token): Long = (token.expiresAt - now()) / 1000

    private fun issued(token: Token): Token {
        if (access.size >= PURGED_AT) {
            access.values.removeIf { it.expiresAt <= now() }
            refreshes.values.removeIf { it.expiresAt <= now() }
        }
        // However short of tokens a client believes to be: memory stays bounded, the oldest goes.
        if (access.size >= MOST) access.remove(access.keys.first())
        if (refreshes.size >= MOST) refreshes.remove(refreshes.keys.first())
        access[token.value] = token
        return token
    }

    private fun expiry(life: Duration) = now() + life.toMillis()

    private fun text(length: Int) = String(CharArray(length) { LETTERS[random.nextInt(LETTERS.length)] })

    private companion object {
        const val ACCESS = 30
        const val REFRESH = 50
        const val PURGED_AT = 1_000
        const val MOST = 10_000
        const val LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
    }
}
