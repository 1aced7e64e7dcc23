package twitchactors.audience

import twitchactors.domain.Login
import twitchactors.domain.LoginTable
import twitchactors.domain.LoginWords

/** Accounts that are known to be programs. Safe for use by several threads. */
class KnownBots(logins: Iterable<Login>) {
    private val table = LoginTable().also { table -> logins.forEach(table::intern) }

    val size: Int get() = table.size

    /** Whether the login whose bytes are the first [length] of [bytes] is one of them. */
    fun has(bytes: ByteArray, length: Int): Boolean = table.find(
        LoginWords.of(bytes, 0, length, 0),
        LoginWords.of(bytes, 0, length, 1),
        LoginWords.of(bytes, 0, length, 2),
        LoginWords.of(bytes, 0, length, 3),
    ) >= 0

    companion object {
        private val LISTS = listOf("arrowgent-list.txt", "arrowgent-goodbot.txt", "mreliasen-whitelist.txt", "mreliasen-greylist.txt")

        /** Nobody. */
        val NONE = KnownBots(emptyList())

        /** Those of the public lists that the program brings along; NOTICE says whose they are. */
        val shipped: KnownBots by lazy { KnownBots(LISTS.flatMap(::read)) }

        private fun read(list: String): List<Login> {
            val stream = checkNotNull(KnownBots::class.java.getResourceAsStream("/bots/$list")) { "the list $list of bots is missing" }
            return stream.bufferedReader().useLines { lines ->
                lines.filter { it.isNotBlank() && !it.startsWith("#") }.map(Login::require).toList()
            }
        }
    }
}
