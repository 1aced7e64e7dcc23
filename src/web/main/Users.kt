package twitchactors.web

import java.nio.file.Path

/** The accounts. Asked at every request, so [find] answers from memory. Safe for use by many threads. */
interface Users {
    fun find(name: String): Account?

    /** Adds an account. Refuses a name that is taken or no name, and a password that is too short, with IllegalArgumentException. */
    fun create(role: Role, name: String, password: String): Account

    /** Replaces the password of [name], which must be there. Ends the account's sessions. */
    fun changePassword(name: String, password: String): Account

    /** The account, when [password] is its password. Slow on purpose, and as slow for a name that nobody has. */
    fun check(name: String, password: String): Account? {
        val account = find(name)
        val matches = Passwords.matches(password, account?.hash ?: Passwords.nobodys)
        return account.takeIf { matches }
    }

    companion object {
        /** The accounts of [file], which only its owner may read and which is made with the first account. */
        fun open(file: Path): Users = UsersFile(file)
    }
}
