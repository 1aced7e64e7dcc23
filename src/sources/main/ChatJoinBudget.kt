package twitchactors.sources

/**
 * How often an account may join: [joins] rooms in any ten seconds of the given time. Twitch ignores those above. The window is a tenth
 * longer than Twitch's, because what is sent evenly may arrive closer together.
 */
internal class ChatJoinBudget(private val joins: Int, private val millis: () -> Long) {
    private val made = HashMap<String, ArrayDeque<Long>>()

    /** Whether [account] may join now; it is then counted. */
    fun take(account: String): Boolean {
        val now = millis()
        if (made.size > MOST_ACCOUNTS) made.values.removeIf { times -> times.none { it > now - WINDOW_MS } }
        val times = made.getOrPut(account) { ArrayDeque() }
        while (times.isNotEmpty() && times.first() <= now - WINDOW_MS) times.removeFirst()
        if (times.size >= joins) return false
        times.addLast(now)
        return true
    }

    private companion object {
        const val WINDOW_MS = 11_000L
        const val MOST_ACCOUNTS = 100
    }
}
