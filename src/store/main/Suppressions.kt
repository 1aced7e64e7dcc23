package twitchactors.store

import twitchactors.domain.BadInput
import twitchactors.domain.Login
import twitchactors.domain.Partitions
import java.nio.file.Path
import java.sql.Connection
import javax.crypto.Mac
import javax.crypto.spec.SecretKeySpec
import javax.sql.DataSource

/**
 * The list of viewers who opted out or were erased. It holds HMAC-SHA-256 of their logins under a key of its own, never the
 * logins: who has the database but not the key file cannot tell who is on it. Blocks its caller; safe for use by several
 * threads.
 */
class Suppressions private constructor(private val dataSource: DataSource, private val partitions: Partitions, private val keyed: Mac) {
    /** Puts [login] on the list; true when the list changed. One who was erased stays so when opting out as well. */
    fun add(login: Login, kind: SuppressionKind): Boolean = dataSource.transaction { connection ->
        lockVersion(connection)
        val mac = mac(login)
        val there = connection.query("SELECT kind FROM suppressions WHERE mac = ?", mac) { it.getString(1) }.firstOrNull()
        val changed = there == null || (there != kind.word && there != SuppressionKind.ERASED.word)
        if (changed) {
            connection.update("REPLACE INTO suppressions (mac, kind, since) VALUES (?, ?, CURRENT_TIMESTAMP(3))", mac, kind.word)
            grow(connection, partitions.of(login))
        }
        changed
    }

    /** Takes [login] off the list; true when it was on it. */
    fun remove(login: Login): Boolean = dataSource.transaction { connection ->
        lockVersion(connection)
        val removed = connection.update("DELETE FROM suppressions WHERE mac = ?", mac(login)) == 1
        if (removed) grow(connection, NOBODY_NEW)
        removed
    }

    /** Why [login] is on the list; null when it is not. */
    fun kind(login: Login): SuppressionKind? =
        dataSource.query("SELECT kind FROM suppressions WHERE mac = ?", mac(login)) { it.getString(1) }
            .firstOrNull()
            ?.let { word -> SuppressionKind.entries.first { it.word == word } }

    /** The number of changes of the list so far: cheap to ask whether a [snapshot] is still the latest. */
    fun version(): Long = dataSource.query("SELECT version FROM suppression_version WHERE id = 1") { it.getLong(1) }.single()

    /** The list as it is now. */
    fun snapshot(): Suppression = dataSource.transaction { connection ->
        val version = lockVersion(connection)
        Suppression(version, keyed, connection.query("SELECT mac FROM suppressions") { it.getBytes(1) })
    }

    /** Names [login] where the login must not stand; without the key nobody can tell who it is, nor try out logins. */
    fun pseudonym(login: Login): String = "viewer " + mac(login).take(PSEUDONYM_BYTES).joinToString("") { "%02x".format(it) }

    private fun mac(login: Login): ByteArray = (keyed.clone() as Mac).doFinal(login.name.toByteArray(Charsets.US_ASCII))

    companion object {
        private const val NOBODY_NEW = -1
        private const val PSEUDONYM_BYTES = 8
        private const val ALGORITHM = "HmacSHA256"
        private const val KEY_CHECK = "suppression-key-check"

        /**
         * The list in [dataSource] under the key in [keyFile]: 32 random bytes, made when absent, readable by its owner only.
         * All nodes need the same key: under another one everybody on the list would be let in, without a word.
         *
         * @param partitions tells whom a change concerns
         * @throws BadInput when the file is no key, or is not the key that the list was begun with
         */
        fun open(dataSource: DataSource, keyFile: Path, partitions: Partitions): Suppressions {
            val mac = Mac.getInstance(ALGORITHM)
            mac.init(SecretKeySpec(KeyFile.key(keyFile, "the list of opted-out viewers"), ALGORITHM))
            // Of the empty text, which is no login.
            val check = (mac.clone() as Mac).doFinal().take(Long.SIZE_BYTES).joinToString("") { "%02x".format(it) }
            if (ClusterFacts(dataSource).fix(KEY_CHECK, check) != check) {
                throw BadInput("$keyFile is not the key that the list of opted-out viewers was begun with; copy that key to this node")
            }
            return Suppressions(dataSource, partitions, mac)
        }

        /** The version, locked until the end of the transaction: changes take turns, and a snapshot sees none half done. */
        private fun lockVersion(connection: Connection): Long =
            connection.query("SELECT version FROM suppression_version WHERE id = 1 FOR UPDATE") { it.getLong(1) }.single()

        private fun grow(connection: Connection, partition: Int) {
            connection.update("UPDATE suppression_version SET version = version + 1 WHERE id = 1")
            connection.update(
                "INSERT INTO suppression_changes (version, `partition`) SELECT version, ? FROM suppression_version WHERE id = 1",
                partition,
            )
        }
    }
}
