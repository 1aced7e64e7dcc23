package twitchactors.restructure

/** Is told how the work goes on. Called from several threads. */
interface StepListener {
    /** A step begins that has [total] units. */
    fun begin(step: String, total: Long)

    /** [units] more of the step are done. */
    fun advance(units: Long)

    /** Tells nobody. */
    object None : StepListener {
        override fun begin(step: String, total: Long) = Unit

        override fun advance(units: Long) = Unit
    }
}
