package twitchactors.sweeps

import java.util.concurrent.atomic.LongAdder

/** What was taken in from one topic, on this node since it started; for metrics. */
class IngestMeter {
    /** Rows that MariaDB has, also those that it had already. */
    val rows = LongAdder()

    /** Records that went to the dead letters. */
    val deadLetters = LongAdder()
}
