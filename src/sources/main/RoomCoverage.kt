package twitchactors.sources

/** When a room was listened to, in milliseconds since 1970: only what lies whole within such a time is known of it. */
internal class RoomCoverage {
    private var since: Long? = null

    /** Earlier times, the last few: from, to. */
    private val past = ArrayDeque<Pair<Long, Long>>()

    val isOpen: Boolean get() = since != null
    val hasBegun: Boolean get() = isOpen || past.isNotEmpty()

    fun begin(at: Long) {
        if (since == null) since = at
    }

    fun end(at: Long) {
        val from = since ?: return
        since = null
        if (past.size == KEPT) past.removeFirst()
        past.addLast(from to at)
    }

    /** Whether all of `[from, to)` was listened to, where [to] is not in the future. */
    fun covers(from: Long, to: Long): Boolean = (since ?: Long.MAX_VALUE) <= from || past.any { it.first <= from && it.second >= to }

    private companion object {
        const val KEPT = 4
    }
}
