package twitchactors.audience

import twitchactors.domain.Slot

/**
 * Who was seen in one streamer's chat on a day, in numbers. Exact, and over the partitions of a day sums.
 *
 * @param viewers unique chatters
 * @param samples (viewer, slot): how often anybody was seen
 * @param elsewhere viewers who were also seen in another chat in the same slot
 * @param retention for each of [RETENTION_MINUTES]
 * @param streams of each stream of the day, unique chatters
 */
data class ChatFigures(
    val viewers: Long,
    val samples: Long,
    val elsewhere: Long,
    val retention: List<Retention>,
    val streams: List<Long>,
) {
    /**
     * Of those who came into a stream so early that it went on for [minutes] after their first sample in it ([could]): how many
     * were seen in it that long after or later ([stayed]). Who came into two streams counts twice.
     */
    data class Retention(val minutes: Int, val could: Long, val stayed: Long) {
        /** Null when nobody could. */
        val share: Double? get() = if (could == 0L) null else stayed.toDouble() / could
    }

    /** Hours seen in chat: samples x 5 minutes. Presence in a chat is no proof of watching. */
    val hoursSeen: Double get() = samples * Slot.MINUTES / 60.0

    companion object {
        val RETENTION_MINUTES = listOf(5, 15, 30, 60)
    }
}
