package twitchactors.twitch

import java.security.SecureRandom
import java.time.Duration

/** Device codes that wait for somebody to enter the user code that belongs to them. [now] is milliseconds of the time of limits. */
internal class DeviceCodes(private val life: Duration, private val now: () -> Long) {
    /** @property user who granted it; null while it waits */
    class Code(val device: String, val user: String, val scopes: Set<String>, val expiresAt: Long) {
        @Volatile
        var grantedBy: Int? = null

        @Volatile
        var isDenied = false
    }

    private val random = SecureRandom()
    private val codes = LinkedHashMap<String, Code>()

    @Synchronized
    fun begin(scopes: Set<String>): Code {
        codes.values.removeIf { it.expiresAt <= now() }
        if (codes.size >= MOST) codes.remove(codes.keys.first())
        val code = Code(text(DEVICE, SMALL), text(USER, LARGE), scopes, now() + life.toMillis())
        codes[code.device] = code
        return code
    }

    /** The code that a user was shown, if it still waits. */
    @Synchronized
    fun waiting(userCode: String): Code? =
        codes.values.find { it.user == userCode.trim().uppercase() && it.grantedBy == null && !it.isDenied && it.expiresAt > now() }

    /** The code that a device polls with, if it is still good. */
    @Synchronized
    fun polled(deviceCode: String): Code? = codes[deviceCode]?.takeIf { it.expiresAt > now() }

    /** A code works once. */
    @Synchronized
    fun use(code: Code): Boolean = codes.remove(code.device) != null

    private fun text(length: Int, letters: String) = String(CharArray(length) { letters[random.nextInt(letters.length)] })

    private companion object {
        const val DEVICE = 40
        const val USER = 8
        const val MOST = 1_000
        const val SMALL = "abcdefghijklmnopqrstuvwxyz0123456789"
        const val LARGE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    }
}
