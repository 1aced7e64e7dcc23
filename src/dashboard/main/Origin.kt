package twitchactors.dashboard

/** Where numbers come from, as it stands beside them. */
enum class Origin(val text: String) {
    STREAM_SWEEPS("Twitch's list of live streams, swept: the largest streams of the largest categories"),
    CATEGORY_SWEEPS("Twitch's list of categories, swept"),
    CHAT("accounts seen in the chats of tracked streamers"),
    CHAT_AND_LIVE("samples of tracked streamers: who was seen in chat, and Twitch's own viewer count"),
    STATUS("what was sealed, archived and verified of each day"),
    NODE("this node"),
    CLUSTER("the cluster as this node sees it, and what nodes say of themselves"),
    PUBLISHED("what others have published; nothing of it was counted here"),
    FILES("the day's sample files and archive, as they were looked at last"),
    DEAD_LETTERS("Kafka's topic dead-letters, as far back as it is kept"),
}
