package twitchactors.sources

/** What a line of a chat's server says, as far as it matters here. */
internal enum class IrcCommand(vararg names: String) {
    JOIN("JOIN"),
    PART("PART"),
    QUIT("QUIT"),
    KICK("KICK"),
    NICK("NICK"),
    MESSAGE("PRIVMSG"),
    PING("PING"),
    CAPABILITIES("CAP"),
    NOTICE("NOTICE"),
    RECONNECT("RECONNECT"),
    WELCOME("001"),
    NAMES("353"),
    END_OF_NAMES("366"),

    /** The name that we chose is taken or not allowed. */
    NICK_REFUSED("432", "433", "436"),

    /** No such room; too many rooms; only for registered names; full; by invitation; banned; bad key. */
    ROOM_REFUSED("403", "405", "471", "473", "474", "475", "477"),
    OTHER,
    ;

    private val spellings = names.map { it.toByteArray(Charsets.US_ASCII) }

    companion object {
        private val known = entries - OTHER

        fun of(bytes: ByteArray, from: Int, to: Int): IrcCommand = known.find { it.isAt(bytes, from, to) } ?: OTHER

        private fun IrcCommand.isAt(bytes: ByteArray, from: Int, to: Int) =
            spellings.any { it.size == to - from && java.util.Arrays.equals(it, 0, it.size, bytes, from, to) }
    }
}
