package twitchactors.domain

/**
 * The name of an account: 1 to [MAX_LENGTH] characters of `a-z`, `0-9` and `_`, lower case. It is the key of viewers and
 * of streamers. Twitch's sign-up asks for 4 to 25 characters; older accounts have fewer, so only the upper bound holds.
 */
@JvmInline
value class Login private constructor(val name: String) : Comparable<Login> {
    /** Bytewise order, which for these characters is also the order of the strings. */
    override fun compareTo(other: Login): Int = name.compareTo(other.name)

    override fun toString(): String = name

    companion object {
        const val MAX_LENGTH = 25

        /** The login that [text] means: ASCII upper case is folded to lower case. Null when it is no login. */
        fun of(text: String): Login? {
            if (text.isEmpty() || text.length > MAX_LENGTH) return null
            var upper = false
            for (character in text) {
                when (character) {
                    in 'a'..'z', in '0'..'9', '_' -> Unit
                    in 'A'..'Z' -> upper = true
                    else -> return null
                }
            }
            return Login(if (upper) foldCase(text) else text)
        }

        /** [text] as a login, for places where anything else is a mistake of the caller. */
        fun require(text: String): Login = requireNotNull(of(text)) { "'$text' is no login: 1 to $MAX_LENGTH of a-z, 0-9 and _" }

        private fun foldCase(text: String) =
            String(CharArray(text.length) { if (text[it] in 'A'..'Z') text[it] + ('a' - 'A') else text[it] })
    }
}
