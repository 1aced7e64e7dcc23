package twitchactors.domain

import java.time.Instant

/**
 * What Twitch said of one category in one sweep; with its [timestamp] and [category] it is known everywhere.
 *
 * @param timestamp when the sweep began, whole seconds
 * @param viewers the sum over its streams, 0 or more: a lower bound where not all of them were asked for
 * @param tags the most frequent ones of its streams, separated by `, `; may be empty
 */
data class CategoryRow(val timestamp: Instant, val category: String, val viewers: Int, val tags: String, val imageUrl: String)
