package twitchactors.node

/**
 * How far a long step is, on stderr: a bar on a terminal, else a line every ten seconds. Silent for the first two seconds, so
 * short steps say nothing. Safe to call from several threads.
 *
 * @param label what is being done, a few words
 * @param total units in all; 0 when unknown
 */
class Progress(private val label: String, private val total: Long) : AutoCloseable {
    private val isTerminal = System.console() != null
    private val began = System.nanoTime()
    private var nextAt = began + QUIET
    private var done = 0L
    private var hasBar = false

    /** Counts [by] more units as done. */
    @Synchronized
    fun advance(by: Long = 1) = reach(done + by)

    /** Counts [done] units as done in all; less than before changes nothing. */
    @Synchronized
    fun reach(done: Long) {
        if (done <= this.done) return
        this.done = done
        val now = System.nanoTime()
        if (now < nextAt) return
        nextAt = now + if (isTerminal) BAR_EVERY else LINE_EVERY
        if (isTerminal) bar() else System.err.println("$label: ${percent()}")
    }

    /** Ends the step: the bar goes. */
    @Synchronized
    override fun close() {
        if (hasBar) System.err.print("\r\u001b[K")
        hasBar = false
    }

    private fun bar() {
        hasBar = true
        val filled = if (total > 0) (minOf(done, total) * WIDTH / total).toInt() else 0
        val bar = if (total > 0) "[${"#".repeat(filled)}${"-".repeat(WIDTH - filled)}] " else ""
        System.err.print("\r$label $bar${percent()}\u001b[K")
        System.err.flush()
    }

    private fun percent() = if (total > 0) "${minOf(done, total) * 100 / total} %" else "$done"

    private companion object {
        const val SECOND = 1_000_000_000L
        const val QUIET = 2 * SECOND
        const val BAR_EVERY = SECOND / 10
        const val LINE_EVERY = 10 * SECOND
        const val WIDTH = 30
    }
}
