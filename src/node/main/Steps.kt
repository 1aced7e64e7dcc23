package twitchactors.node

import twitchactors.restructure.StepListener

/** Shows steps that follow one another, each by a [Progress] of its own. */
class Steps :
    StepListener,
    AutoCloseable {
    @Volatile
    private var current: Progress? = null

    override fun begin(step: String, total: Long) {
        current?.close()
        current = Progress(step, total)
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
