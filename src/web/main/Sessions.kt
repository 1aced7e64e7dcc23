package twitchactors.web

import java.security.MessageDigest
import java.security.SecureRandom
import java.time.Duration
import java.util.Base64
import java.util.HexFormat

/**
 * Logins by cookie. The cookie is a random number of 256 bits; what it stands for is kept here, under the number's SHA-256, and
 * ends with this process. At [MOST] sessions the one used longest ago ends.
 */
internal class Sessions(
    private val users: Users,
    private val nanoTime: () -> Long,
    private val idle: Duration,
    private val longest: Duration,
) {
    private class Session(val account: Account, val since: Long) {
        var used = since
    }

    private val random = SecureRandom()
    private val byKey = object : LinkedHashMap<String, Session>(16, 0.75f, true) {
        override fun removeEldestEntry(eldest: MutableMap.MutableEntry<String, Session>): Boolean = size > MOST
    }

    /** A new session of [account]; the answer is the cookie's value. */
    fun begin(account: Account): String {
        val id = Base64.getUrlEncoder().withoutPadding().encodeToString(ByteArray(32).also { random.nextBytes(it) })
        synchronized(byKey) { byKey[key(id)] = Session(account, nanoTime()) }
        return id
    }

    /** Who [id] stands for; null when it was made up, has ended, or the account has changed since. */
    fun account(id: String): Account? = synchronized(byKey) {
        val key = key(id)
        val session = byKey[key] ?: return null
        val now = nanoTime()
        val ended = now - session.used > idle.toNanos() || now - session.since > longest.toNanos()
        if (ended || users.find(session.account.name) != session.account) {
            byKey.remove(key)
            return null
        }
        session.used = now
        session.account
    }

    fun end(id: String) {
        synchronized(byKey) { byKey.remove(key(id)) }
    }

    private fun key(id: String) = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(id.toByteArray()))

    private companion object {
        const val MOST = 20_000
    }
}
