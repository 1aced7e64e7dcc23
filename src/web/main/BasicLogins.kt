package twitchactors.web

import java.security.SecureRandom
import java.util.Base64
import java.util.HexFormat
import javax.crypto.Mac
import javax.crypto.spec.SecretKeySpec

/** HTTP Basic for scripts. A pair that was right is remembered (as an HMAC), so that a script pays for Argon2 once, not each time. */
internal class BasicLogins(private val users: Users, private val throttle: GuessThrottle) {
    sealed interface Outcome
    data class Known(val account: Account) : Outcome
    data object Wrong : Outcome
    data class Wait(val seconds: Long) : Outcome

    private val key = SecretKeySpec(ByteArray(32).also { SecureRandom().nextBytes(it) }, "HmacSHA256")
    private val right = object : LinkedHashMap<String, Account>(16, 0.75f, true) {
        override fun removeEldestEntry(eldest: MutableMap.MutableEntry<String, Account>): Boolean = size > 1_000
    }

    fun who(header: String, address: String): Outcome {
        val mark = mark(header)
        remembered(mark)?.let { return Known(it) }
        val (name, password) = pair(header) ?: return Wrong
        val wait = throttle.waitSeconds(address, name)
        if (wait > 0) return Wait(wait)
        val account = users.check(name, password)
        if (account == null) {
            throttle.wrong(address, name)
            return Wrong
        }
        synchronized(right) { right[mark] = account }
        return Known(account)
    }

    private fun remembered(mark: String): Account? = synchronized(right) {
        val account = right[mark] ?: return null
        if (users.find(account.name) == account) return account
        right.remove(mark)
        null
    }

    private fun pair(header: String): Pair<String, String>? {
        if (!header.startsWith("Basic ", ignoreCase = true)) return null
        val text = try {
            String(Base64.getDecoder().decode(header.substring(6).trim()))
        } catch (_: IllegalArgumentException) {
            return null
        }
        val colon = text.indexOf(':')
        return if (colon < 0) null else text.take(colon) to text.substring(colon + 1)
    }

    private fun mark(header: String) =
        HexFormat.of().formatHex(Mac.getInstance("HmacSHA256").apply { init(key) }.doFinal(header.toByteArray()))
}
