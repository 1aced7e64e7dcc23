package twitchactors.sources

/**
 * Who saw the logins of a sample.
 *
 * @param label in samples and files
 */
enum class ChatterSource(val label: String) {
    /** Helix Get Chatters: all of them, for channels whose moderator authorised us. */
    CHATTERS("chatters"),

    /** NAMES, JOIN and PART of the chat: all of them below 1,000. */
    MEMBERSHIP("membership"),

    /** Authors of the messages of a slot: partial by nature. */
    MESSAGES("messages"),
}
