package twitchactors.sweeps

import java.util.concurrent.atomic.LongAdder

/** What the sweeps of one kind came to, on this node since it started; for metrics. */
class SweepMeter {
    /** Sweeps whose rows Kafka has. */
    val sweeps = LongAdder()
    val rows = LongAdder()

    /** Sweeps of which nothing came, for Twitch or Kafka did not answer. */
    val failed = LongAdder()

    /** Categories that a sweep had to leave out. */
    val leftOut = LongAdder()

    /** Categories of which Twitch may have had more streams than were asked for. */
    val cut = LongAdder()

    /** Sweeps that were not begun, for the one before had outlasted its interval. */
    val overruns = LongAdder()

    /** Sweeps that Kafka has and the CSV file lacks. */
    val unwritten = LongAdder()
}
