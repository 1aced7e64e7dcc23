package twitchactors.sources

/**
 * By channel, the account that read its chat last: a guess at whom to ask with first, so the one that was used the longest ago may be
 * forgotten. Safe for several threads.
 *
 * @param most channels that are remembered
 */
internal class ChannelReaders(private val most: Int) {
    private val readers = object : LinkedHashMap<String, String>(16, 0.75f, true) {
        override fun removeEldestEntry(eldest: Map.Entry<String, String>) = size > most
    }

    @Synchronized
    operator fun get(channel: String): String? = readers[channel]

    @Synchronized
    operator fun set(channel: String, user: String) {
        readers[channel] = user
    }

    /** [user] may not read the chat of [channel] any more. */
    @Synchronized
    fun remove(channel: String, user: String) {
        readers.remove(channel, user)
    }
}
