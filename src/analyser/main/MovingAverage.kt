package twitchactors.analyser

/**
 * An exponential moving average over [days] days in a row, the first of which gives the first value: each further one moves it by
 * 2 / ([span] + 1) of the difference. As weights, so that days with nothing need no step.
 */
internal class MovingAverage(span: Int, days: Int) {
    private val weights = DoubleArray(days).also { weights ->
        val step = 2.0 / (span + 1)
        var later = 1.0
        for (day in days - 1 downTo 0) {
            weights[day] = if (day == 0) later else step * later
            later *= 1 - step
        }
    }

    /** What a value of 1 on the day at place [day] comes to. */
    fun weight(day: Int): Double = weights[day]
}
