package twitchactors.audience

import twitchactors.domain.Slot

/**
 * What the samples of a live stream, or of several, come to. All are sums or maxima of whole numbers, so figures of streams add up to
 * those of a day. A sample vᵢ speaks for Δtᵢ: the time until the next one of its stream, at most two intervals; the last one for one
 * interval.
 *
 * @param airtime Σ Δtᵢ in minutes
 * @param samples how many there are
 * @param gaps how many of them do not say who was in the chat
 * @param partial how many say it only of some
 * @param measured Σ Δtᵢ in minutes of those that say how many were watching
 * @param viewerMinutes Σ vᵢ·Δtᵢ of these
 * @param peak max vᵢ; null when none says it
 * @param peakSlot the first slot with the [peak]
 * @param compared Σ Δtᵢ in minutes of those that say how many were watching as well as who was in the chat
 * @param anonymousMinutes Σ max(0, vᵢ - chattersᵢ)·Δtᵢ of these
 */
data class LiveFigures(
    val airtime: Int,
    val samples: Int,
    val gaps: Int,
    val partial: Int,
    val measured: Int,
    val viewerMinutes: Long,
    val peak: Int?,
    val peakSlot: Int?,
    val compared: Int,
    val anonymousMinutes: Long,
) {
    /** Σ vᵢ·Δtᵢ / Σ Δtᵢ; null when no sample says how many were watching. */
    val averageViewers: Double? get() = if (measured == 0) null else viewerMinutes.toDouble() / measured

    /** Average viewers x airtime in hours, as the field names it; null as [averageViewers]. Being watched is not being seen in a chat. */
    val hoursWatched: Double? get() = averageViewers?.let { it * airtime / MINUTES_PER_HOUR }

    /** Live viewers who were not seen in the chat, on average; null when that is not known of any moment. */
    val averageAnonymous: Double? get() = if (compared == 0) null else anonymousMinutes.toDouble() / compared

    operator fun plus(later: LiveFigures): LiveFigures {
        val laterIsHigher = later.peak != null && (peak == null || later.peak > peak)
        return LiveFigures(
            airtime + later.airtime,
            samples + later.samples,
            gaps + later.gaps,
            partial + later.partial,
            measured + later.measured,
            viewerMinutes + later.viewerMinutes,
            if (laterIsHigher) later.peak else peak,
            if (laterIsHigher) later.peakSlot else peakSlot,
            compared + later.compared,
            anonymousMinutes + later.anonymousMinutes,
        )
    }

    companion object {
        private const val MINUTES_PER_HOUR = 60.0

        /** Of no sample. */
        val NONE = LiveFigures(0, 0, 0, 0, 0, 0, null, null, 0, 0)

        fun sum(parts: Iterable<LiveFigures>): LiveFigures = parts.fold(NONE, LiveFigures::plus)

        /** Of one [sample] that speaks for [slots], with so many [chatters] seen in its own slot; null: unknown. */
        internal fun of(sample: LiveSample, slots: Int, chatters: Int?): LiveFigures {
            val minutes = slots * Slot.MINUTES
            val viewers = sample.liveViewers
            val anonymous = if (viewers == null || chatters == null || !sample.hasChatters) null else maxOf(0, viewers - chatters)
            return LiveFigures(
                airtime = minutes,
                samples = 1,
                gaps = if (sample.hasChatters) 0 else 1,
                partial = if (sample.hasChatters && !sample.isComplete) 1 else 0,
                measured = if (viewers == null) 0 else minutes,
                viewerMinutes = (viewers ?: 0).toLong() * minutes,
                peak = viewers,
                peakSlot = sample.slot.takeIf { viewers != null },
                compared = if (anonymous == null) 0 else minutes,
                anonymousMinutes = (anonymous ?: 0).toLong() * minutes,
            )
        }
    }
}
