package twitchactors.twitch

/**
 * What can go wrong, each by a name that commands use.
 *
 * @property lasts decided once for each streamer, instead of anew for each request
 */
enum class FaultKind(val label: String, val what: String, val lasts: Boolean = false) {
    SLOW_BODY("slow-body", "a reply trickles in for so many seconds"),
    CUT_BODY("cut-body", "the connection ends in the middle of a reply"),
    MALFORMED_JSON("malformed-json", "a reply is whole, but no JSON"),
    SERVER_ERROR("server-error", "500, 502 or 503"),
    TOO_MANY_REQUESTS("too-many-requests", "429 although there are points left"),
    EXPIRED_TOKEN("expired-token", "the token that is used expires: 401 from then on"),
    CURSOR_LOOP("cursor-loop", "the cursor leads to the same page again"),
    PAGE_REPEATS("page-repeats", "a page begins with the end of the one before"),
    PAGE_MISSES("page-misses", "a page leaves out its beginning"),
    MISSING_STREAMER("missing-streamer", "a streamer is in no list and no user", lasts = true),
    IRC_DISCONNECT("irc-disconnect", "a chat connection ends at a slot's beginning, without a word"),
    IRC_RECONNECT("irc-reconnect", "the chat asks to reconnect at a slot's beginning, and soon ends the connection"),
    IRC_NO_CAPABILITY("irc-no-capability", "the chat refuses capabilities"),
    ;

    companion object {
        fun named(label: String): FaultKind? = entries.find { it.label == label }
    }
}
