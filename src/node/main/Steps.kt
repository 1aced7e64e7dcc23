package twitchactors.node

import twitchactors.restructure.StepListener

/**
 * Shows steps that follow one another, each by a [Progress] of its own.
 *
 * @param told is given a line for each step instead; null: they are shown here
 */
class Steps(private val told: ((String) -> Unit)? = null) :
    StepListener,
    AutoCloseable {
    @Volatile
    private var current: Progress? = null

    override fun begin(step: String, total: Long) {
        current?.close()
        current = if (told == null) Progress(step, total) else null.also { told(step) }
    }

    override fun advance(units: Long) {
        current?.advance(units)
    }

    /** The step is [units] far in all. */
    fun reach(units: Long) {
        current?.reach(units)
    }

    override fun close() {
        current?.close()
    }
}
