package twitchactors.store

import twitchactors.domain.BadInput
import twitchactors.domain.Login
import java.nio.file.Path
import javax.crypto.Mac
import javax.crypto.spec.SecretKeySpec

/**
 * Names of viewers for those who may not know who they are: the first half of HMAC-SHA-256 of the login. Who has not the key can neither
 * tell who it is nor try out logins; under another key everybody has another name. Safe for use by several threads.
 */
class Pseudonyms internal constructor(private val keyed: Mac) {
    fun of(login: Login): String =
        (keyed.clone() as Mac).doFinal(login.name.toByteArray(Charsets.US_ASCII)).take(BYTES).joinToString("") { "%02x".format(it) }

    companion object {
        private const val ALGORITHM = "HmacSHA256"
        private const val BYTES = 16

        /** Whether [text] could be one. */
        fun isOne(text: String): Boolean = text.length == 2 * BYTES && text.all { it in '0'..'9' || it in 'a'..'f' }

        /**
         * Those under the key in [keyFile], made when absent.
         *
         * @throws BadInput when the file is no key
         */
        fun open(keyFile: Path): Pseudonyms = under(KeyFile.key(keyFile, "the names that viewers have on pages"))

        /** Those under [key]. */
        fun under(key: ByteArray): Pseudonyms = Pseudonyms(Mac.getInstance(ALGORITHM).apply { init(SecretKeySpec(key, ALGORITHM)) })
    }
}
