package twitchactors.web

/**
 * Who may log in. A session and a cached Basic login hold on to the account as it was: a new password or another role makes it
 * unequal, and with that ends them.
 *
 * @param hash Argon2id in its usual text form, with its salt and costs
 */
data class Account(val name: String, val role: Role, val hash: String) {
    /** Without the hash: this may end up in a log. */
    override fun toString(): String = "$name (${role.word})"

    companion object {
        private val NAME = Regex("[A-Za-z0-9_.-]{1,64}")

        fun isName(text: String): Boolean = NAME.matches(text)
    }
}
