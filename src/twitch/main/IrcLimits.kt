package twitchactors.twitch

/** What an account may do in the chat over all its connections. [now] is milliseconds of the time of limits. */
internal class IrcLimits(private val perWindow: Int, private val rooms: Int, private val now: () -> Long) {
    private val windows = HashMap<String, ArrayDeque<Long>>()
    private val inside = HashMap<String, Int>()

    /** Whether [account] may log in once more in these ten seconds. */
    @Synchronized
    fun mayLogIn(account: String): Boolean = passes("login $account")

    /** Whether [account] may join one more room; it is then counted as being there. */
    @Synchronized
    fun mayJoin(account: String): Boolean {
        if (!passes("join $account")) return false
        val there = inside[account] ?: 0
        if (there >= rooms) return false
        inside[account] = there + 1
        return true
    }

    @Synchronized
    fun left(account: String, rooms: Int) {
        val there = (inside[account] ?: 0) - rooms
        if (there > 0) inside[account] = there else inside.remove(account)
    }

    private fun passes(key: String): Boolean {
        val now = now()
        if (windows.size > MOST_WINDOWS) windows.values.removeIf { it.last() <= now - WINDOW_MS }
        val times = windows.getOrPut(key) { ArrayDeque() }
        while (times.isNotEmpty() && times.first() <= now - WINDOW_MS) times.removeFirst()
        if (times.size >= perWindow) return false
        times.addLast(now)
        return true
    }

    private companion object {
        const val WINDOW_MS = 10_000L
        const val MOST_WINDOWS = 1_000
    }
}
