package twitchactors.web

import java.security.MessageDigest
import java.security.SecureRandom
import java.util.HexFormat
import javax.crypto.Mac
import javax.crypto.spec.SecretKeySpec

/**
 * Proof that a form was made by us for this browser: an HMAC of the browser's cookie under a key of this process. Another site can
 * make the browser send its cookie, but can neither read it nor compute this.
 */
internal class FormTokens {
    private val random = SecureRandom()
    private val key = SecretKeySpec(bytes(32), "HmacSHA256")

    /** A new value for a browser's cookie. */
    fun cookie(): String = HexFormat.of().formatHex(bytes(32))

    fun token(cookie: String): String =
        HexFormat.of().formatHex(Mac.getInstance("HmacSHA256").apply { init(key) }.doFinal(cookie.toByteArray()))

    fun fits(token: String?, cookie: String?): Boolean =
        token != null && cookie != null && MessageDigest.isEqual(token.toByteArray(), token(cookie).toByteArray())

    private fun bytes(count: Int) = ByteArray(count).also { random.nextBytes(it) }
}
