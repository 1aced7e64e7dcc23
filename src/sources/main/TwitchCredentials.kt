package twitchactors.sources

/** What Twitch's secrets are, what each of them adds, how it is set and where it is to be had: for people. */
object TwitchCredentials {
    private const val CONSOLE = "https://dev.twitch.tv/console/apps"
    private const val WHERE =
        "register an application at $CONSOLE (any name, OAuth redirect http://localhost, type Confidential); " +
            "its page shows the client id and makes the secret"

    /**
     * A line for each secret that is not set: what it would add, how to set it and where to get it.
     *
     * @param authorized how many accounts have authorized us; null when that is not known
     */
    fun missing(access: TwitchAccess, authorized: Int?): List<String> = buildList {
        if (access.clientId.isEmpty()) {
            add(
                "TWITCHACTORS_TWITCH_CLIENT_ID is not set. It adds Twitch's API: who is live, viewer counts, categories. " +
                    "To get it, $WHERE.",
            )
        }
        if (access.clientSecret.isEmpty) {
            add(
                "TWITCHACTORS_TWITCH_CLIENT_SECRET (or TWITCHACTORS_TWITCH_CLIENT_SECRET_FILE) is not set. It belongs to the client " +
                    "id and is needed for the same. To get it, ${if (access.clientId.isEmpty()) "see above" else WHERE}.",
            )
        }
        if (authorized == 0) {
            add(
                "Nobody has authorized us to read who is in a chat. That adds complete lists of chatters for channels of theirs or that " +
                    "they moderate. To get it, set the client id and run 'twitchactors authorize'.",
            )
        }
    }

    /** What Twitch said of the credentials, with what to do; any other failure as it is. */
    internal fun explained(failure: NoAnswer): NoAnswer {
        val refused = failure as? Refused ?: return failure
        val what = when {
            "secret" in refused.said -> "TWITCHACTORS_TWITCH_CLIENT_SECRET"
            "client" in refused.said -> "TWITCHACTORS_TWITCH_CLIENT_ID"
            else -> return failure
        }
        return WrongCredentials(
            "Twitch does not take $what ('${refused.said}'); compare it with $CONSOLE, or make a new one there",
            refused,
        )
    }
}
