package twitchactors.store

import twitchactors.domain.BadInput
import java.nio.file.Path
import java.security.GeneralSecurityException
import java.security.SecureRandom
import java.sql.ResultSet
import java.time.Duration
import java.time.Instant
import java.util.HexFormat
import javax.crypto.Cipher
import javax.crypto.Mac
import javax.crypto.spec.GCMParameterSpec
import javax.crypto.spec.SecretKeySpec
import javax.sql.DataSource

/**
 * Tokens of the accounts that have authorized us, for all nodes. They are encrypted under a key that is not in the database. A pair of
 * tokens is replaced by compare-and-set on its version, and who renews it claims it first, because what renews it works only once.
 * Blocks its caller; safe for use by several threads.
 */
class UserTokens private constructor(private val dataSource: DataSource, private val key: SecretKeySpec) {
    private val random = SecureRandom()

    /** All of them, those that are withdrawn too, by login. */
    fun all(): List<UserToken> = dataSource.query("$SELECT ORDER BY login", row = ::read)

    /** That of one account; null when it has not authorized us. */
    fun of(userId: String): UserToken? = dataSource.query("$SELECT WHERE user_id = ?", userId, row = ::read).firstOrNull()

    /** What an account has granted just now, instead of what it had granted before. */
    fun put(userId: String, login: String, scopes: Set<String>, access: String, refresh: String, expiresAt: Instant) {
        dataSource.update(
            "INSERT INTO user_tokens (user_id, login, scopes, secret, expires_at_ms, version, claimed_until, withdrawn) " +
                "VALUES (?, ?, ?, ?, ?, 1, NULL, FALSE) ON DUPLICATE KEY UPDATE login = VALUES(login), scopes = VALUES(scopes), " +
                "secret = VALUES(secret), expires_at_ms = VALUES(expires_at_ms), version = version + 1, claimed_until = NULL, " +
                "withdrawn = FALSE",
            userId,
            login,
            scopes.sorted().joinToString(" "),
            encrypted(userId, access, refresh),
            expiresAt.toEpochMilli(),
        )
    }

    /** Claims that pair of tokens to renew it, for [lasting] by the database's clock; false when another one does, or has. */
    fun claim(userId: String, version: Long, lasting: Duration): Boolean = dataSource.update(
        "UPDATE user_tokens SET claimed_until = CURRENT_TIMESTAMP(3) + INTERVAL ? SECOND WHERE user_id = ? AND version = ? " +
            "AND NOT withdrawn AND (claimed_until IS NULL OR claimed_until <= CURRENT_TIMESTAMP(3))",
        lasting.toSeconds(),
        userId,
        version,
    ) == 1

    /** Gives a claim up without a new pair. */
    fun release(userId: String, version: Long) {
        dataSource.update("UPDATE user_tokens SET claimed_until = NULL WHERE user_id = ? AND version = ?", userId, version)
    }

    /** Puts a new pair of tokens in the place of that version; false when it is no longer there. */
    fun replace(userId: String, version: Long, access: String, refresh: String, expiresAt: Instant): Boolean = dataSource.update(
        "UPDATE user_tokens SET secret = ?, expires_at_ms = ?, version = version + 1, claimed_until = NULL " +
            "WHERE user_id = ? AND version = ?",
        encrypted(userId, access, refresh),
        expiresAt.toEpochMilli(),
        userId,
        version,
    ) == 1

    /** Notes that Twitch does not renew that pair any more. */
    fun withdraw(userId: String, version: Long) {
        dataSource.update(
            "UPDATE user_tokens SET withdrawn = TRUE, claimed_until = NULL WHERE user_id = ? AND version = ?",
            userId,
            version,
        )
    }

    /** Forgets an account; false when it was not there. */
    fun remove(userId: String): Boolean = dataSource.update("DELETE FROM user_tokens WHERE user_id = ?", userId) == 1

    private fun read(row: ResultSet): UserToken {
        val userId = row.getString(1)
        val (access, refresh) = decrypted(userId, row.getBytes(4)).split('\n')
        return UserToken(
            userId = userId,
            login = row.getString(2),
            scopes = row.getString(3).split(' ').filter { it.isNotEmpty() }.toSet(),
            access = access,
            refresh = refresh,
            expiresAt = Instant.ofEpochMilli(row.getLong(5)),
            version = row.getLong(6),
            isWithdrawn = row.getBoolean(7),
        )
    }

    /** Nonce, then the encrypted text. It belongs to its account: in another row it is refused. */
    private fun encrypted(userId: String, access: String, refresh: String): ByteArray {
        val nonce = ByteArray(NONCE_BYTES).also(random::nextBytes)
        return nonce + cipher(Cipher.ENCRYPT_MODE, userId, nonce).doFinal("$access\n$refresh".toByteArray())
    }

    private fun decrypted(userId: String, secret: ByteArray): String = try {
        val cipher = cipher(Cipher.DECRYPT_MODE, userId, secret.copyOf(NONCE_BYTES))
        String(cipher.doFinal(secret, NONCE_BYTES, secret.size - NONCE_BYTES))
    } catch (damaged: GeneralSecurityException) {
        throw BadInput("a stored token is damaged; 'authorize --remove' the account $userId and authorize it again", damaged)
    }

    private fun cipher(mode: Int, userId: String, nonce: ByteArray): Cipher = Cipher.getInstance("AES/GCM/NoPadding").apply {
        init(mode, key, GCMParameterSpec(TAG_BITS, nonce))
        updateAAD(userId.toByteArray())
    }

    companion object {
        private const val SELECT = "SELECT user_id, login, scopes, secret, expires_at_ms, version, withdrawn FROM user_tokens"
        private const val NONCE_BYTES = 12
        private const val TAG_BITS = 128
        private const val KEY_CHECK = "tokens-key-check"

        /**
         * The tokens in [dataSource].
         *
         * @param key 64 hexadecimal digits; empty: the key in [keyFile], which is made when absent. All nodes need the same
         * @throws BadInput when it is not the key that the first token was stored with
         */
        fun open(dataSource: DataSource, key: String, keyFile: Path): UserTokens {
            val bytes = if (key.isEmpty()) KeyFile.key(keyFile, "the users' tokens") else HexFormat.of().parseHex(key)
            val keyed = Mac.getInstance("HmacSHA256").apply { init(SecretKeySpec(bytes, "HmacSHA256")) }
            val check = keyed.doFinal(KEY_CHECK.toByteArray()).take(Long.SIZE_BYTES).joinToString("") { "%02x".format(it) }
            if (ClusterFacts(dataSource).fix(KEY_CHECK, check) != check) {
                val which = if (key.isEmpty()) "$keyFile" else "TWITCHACTORS_TOKENS_KEY"
                throw BadInput("$which is not the key that users' tokens were first stored with; give this node that key")
            }
            return UserTokens(dataSource, SecretKeySpec(bytes, "AES"))
        }
    }
}
