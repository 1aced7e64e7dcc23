package twitchactors.web

import com.password4j.Argon2Function
import com.password4j.Password
import com.password4j.types.Argon2
import java.security.SecureRandom

/** Passwords as Argon2id hashes, with OWASP's costs: 19 MiB, 2 passes, 1 lane. One check takes some tens of milliseconds. */
object Passwords {
    /** Longer ones are refused unread, so that nobody makes us hash megabytes. */
    const val MAX_LENGTH = 256
    const val MIN_LENGTH = 8

    private val argon = Argon2Function.getInstance(19_456, 2, 1, 32, Argon2.ID)
    private val random = SecureRandom()

    /** What an unknown name is checked against: the answer takes as long as for a known one. */
    internal val nobodys: String by lazy { hash(random()) }

    fun hash(password: String): String {
        require(password.length in MIN_LENGTH..MAX_LENGTH) { "a password has $MIN_LENGTH to $MAX_LENGTH characters" }
        return Password.hash(password).addRandomSalt(16).with(argon).result
    }

    fun matches(password: String, hash: String): Boolean =
        password.length <= MAX_LENGTH && Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash))

    /** 20 letters and digits without those that look alike: about 116 bits. */
    fun random(): String = String(CharArray(20) { ALPHABET[random.nextInt(ALPHABET.length)] })

    private const val ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
}
