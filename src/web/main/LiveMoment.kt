package twitchactors.web

import java.time.Instant

/**
 * The live view with what only its history tells.
 *
 * @param samplesPerSecond and [sightingsPerSecond]: growth over the last 10 seconds; null while there is no history
 * @param sightingRates growth per second between one view and the next, oldest first, two minutes at most
 * @param stale the source has failed or hangs since [at]
 */
internal class LiveMoment(
    val view: LiveView,
    val at: Instant,
    val samplesPerSecond: Double?,
    val sightingsPerSecond: Double?,
    val sightingRates: List<Double>,
    val stale: Boolean,
)
