package twitchactors.archive

/** What a streamer's object may say besides its chatters, by the keys that recordings have for it. */
enum class SampleField(vararg val keys: String) {
    POLLED_AT("polled_at"),
    LIVE_VIEWERS("viewer_count", "viewers_api"),
    TITLE("title"),
    CATEGORY("game"),
    LANGUAGE("language"),
    TAGS("tags"),
    STREAM_ID("stream_id"),
    STARTED_AT("started_at"),
    SOURCE("source"),
    COMPLETE("complete"),

    /** Why there are no chatters: only in files of our own, beside `"chatters":null`. */
    GAP("gap"),
    ;

    internal companion object {
        val byKey: Map<String, SampleField> = entries.flatMap { field -> field.keys.map { it to field } }.toMap()
    }
}
