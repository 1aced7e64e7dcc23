package twitchactors.domain

import java.time.Instant

/**
 * What Twitch said of one stream in one sweep; with its [timestamp] and [channel] it is known everywhere.
 *
 * @param timestamp when the sweep began, whole seconds
 * @param title as its streamer wrote it: any characters, may be empty
 * @param viewers Twitch's own count, 0 or more
 * @param tags separated by `, `; may be empty
 */
data class StreamRow(
    val timestamp: Instant,
    val category: String,
    val title: String,
    val channel: Login,
    val viewers: Int,
    val tags: String,
)
