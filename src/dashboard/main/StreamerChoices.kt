package twitchactors.dashboard

/** What can be chosen on the page of streamers. */
internal object StreamerChoices {
    val SEARCH = Choice("q", "Find a streamer")
    val LANGUAGE = Choice("language", "Language", isPick = true)
    val CATEGORY = Choice("category", "Category", isPick = true)

    /** What streamers are ranked by: the key of a column of the ranking. */
    enum class Rank(val word: String, val column: String, val title: String) {
        AVERAGE("average", "average_viewers", "Average viewers"),
        WATCHED("watched", "hours_watched", "Hours watched"),
        UNIQUE("unique", "unique_chatters", "Unique chatters"),
        PEAK("peak", "peak_viewers", "Peak"),
        AIRTIME("airtime", "airtime", "Airtime"),
        CHATTERS("chatters", "average_chatters", "Chatters"),
        ANONYMOUS("anonymous", "average_anonymous", "Anonymous"),
    }

    val RANK = Choice("by", "Rank by", Rank.entries.associate { it.word to it.title }, default = Rank.AVERAGE.word)

    val ALL = listOf(SEARCH, RANK, LANGUAGE, CATEGORY)

    fun rank(question: Question): Rank = Rank.entries.first { it.word == question.choice(RANK) }

    fun language(question: Question): String? = question.choice(LANGUAGE).ifEmpty { null }

    fun category(question: Question): String? = question.choice(CATEGORY).ifEmpty { null }
}
