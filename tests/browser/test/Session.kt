package twitchactors.browser

/** [account] logged in: the cookie that says so, and the token that its forms carry. */
internal class Session(val account: Account, val cookie: String, val token: String) {
    /** The header that a browser would send. */
    val header: String get() = "$NAME=$cookie"

    companion object {
        const val NAME = "twitchactors_session"
    }
}
