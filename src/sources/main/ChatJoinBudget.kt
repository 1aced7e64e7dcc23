package twitchactors.sources

/**
 * How often an account may join: [joins] rooms in any ten seconds of the given time. Twitch ignores those above. A JOIN counts from when
 * it is sent until ten seconds after its answer, for it reaches Twitch at some moment in between: so the limit holds however slow
 * the network is, and however fast the time.
 */
internal class ChatJoinBudget(private val joins: Int, private val millis: () -> Long) {
    private class Made {
        var unanswered = 0
        val answered = ArrayDeque<Long>()
    }

    private val accounts = HashMap<String, Made>()

    /** Whether [account] may join now; it then counts until [settled] is called for it, and ten seconds more. */
    fun take(account: String): Boolean {
        val made = accounts.getOrPut(account) { Made() }
        while (made.answered.isNotEmpty() && made.answered.first() <= millis() - WINDOW_MS) made.answered.removeFirst()
        if (made.unanswered + made.answered.size >= joins) return false
        made.unanswered++
        return true
    }

    /** A JOIN of [account] was answered, or will not be any more. */
    fun settled(account: String) {
        val made = accounts.getOrPut(account) { Made() }
        made.unanswered--
        made.answered.addLast(millis())
    }

    private companion object {
        const val WINDOW_MS = 10_000L
    }
}
