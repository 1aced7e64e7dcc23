package twitchactors.services

/** Where MariaDB (or MySQL) is: a JDBC [url] with the database's name. Does not print the password. */
class MariaDbEndpoint(val url: String, val user: String, val password: String) {
    /** [url] without its query part, which may hold secrets. */
    val address: String get() = url.substringBefore('?')

    override fun toString(): String = "MariaDB at $address"
}
