package twitchactors.sweeps

import twitchactors.sources.Category
import java.time.Instant

/**
 * What one sweep found.
 *
 * @param timestamp when it began: that of all its [rows]
 * @param categories what it went through, most viewers first; for sweeps of streams those that it was given
 * @param leftOut categories whose streams could not be had, each with the reason
 * @param cut categories of which Twitch may have more streams than were asked for
 */
class Swept<Row>(
    val timestamp: Instant,
    val categories: List<Category>,
    val rows: List<Row>,
    val leftOut: Map<String, String>,
    val cut: Int,
)
