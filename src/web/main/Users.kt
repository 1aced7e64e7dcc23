package twitchactors.web

import java.nio.file.Path

/** The accounts. Asked at every request, so [find] is quick. Safe for use by many threads. */
interface Users {
    /** All of them, by name. */
    val all: List<Account>

    fun find(name: String): Account?

    /** Adds an account. Refuses a name that is taken or no name, and a password that is too short, with IllegalArgumentException. */
    fun create(role: Role, name: String, password: String): Account

    /** Makes the account, or gives the one that is there this role and password, which ends its sessions. Refuses as [create] does. */
    fun set(role: Role, name: String, password: String): Account

    /** Removes [name], which must be there. Ends the account's sessions. */
    fun remove(name: String)

    /** The account, when [password] is its password. Slow on purpose, and as slow for a name that nobody has. */
    fun check(name: String, password: String): Account? {
        val account = find(name)
        val matches = Passwords.matches(password, account?.hash ?: Passwords.nobodys)
        return account.takeIf { matches }
    }

    companion object {
        /**
         * The accounts of [file], which only its owner may read and which is made with the first account. What another process writes
         * there counts at once.
         */
        fun open(file: Path): Users = UsersFile(file)
    }
}
