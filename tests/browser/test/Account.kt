package twitchactors.browser

/** Who logs in. */
internal data class Account(val role: String, val name: String, val password: String)
