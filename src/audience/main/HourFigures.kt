package twitchactors.audience

/**
 * What the samples of one streamer come to that were taken in one hour of a day with one game. Sums and maxima, so hours add up to days.
 *
 * @param hour 0..23
 * @param game empty: unknown
 * @param language of the last of these samples; empty: unknown
 * @param counted Σ Δtᵢ in minutes of those samples that say how many were seen in the chat
 * @param chatterMinutes Σ chattersᵢ·Δtᵢ of these
 * @param chattersPeak max chattersᵢ; null when none says it
 */
data class HourFigures(
    val hour: Int,
    val game: String,
    val language: String,
    val live: LiveFigures,
    val counted: Int,
    val chatterMinutes: Long,
    val chattersPeak: Int?,
) {
    companion object {
        private const val SLOTS = 12

        /** Those of a live day, by hour, games in the order in which they came. */
        fun of(broadcast: Broadcast): List<HourFigures> {
            val found = LinkedHashMap<Pair<Int, String>, HourFigures>()
            broadcast.forEachSample { sample, slots ->
                found.merge(sample.slot / SLOTS to sample.game, of(sample, slots)) { before, later -> before + later }
            }
            return found.values.toList()
        }

        private fun of(sample: LiveSample, slots: Int): HourFigures {
            val live = LiveFigures.of(sample, slots, sample.chatters)
            val chatters = sample.chatters
            return HourFigures(
                sample.slot / SLOTS,
                sample.game,
                sample.language,
                live,
                counted = if (chatters == null) 0 else live.airtime,
                chatterMinutes = (chatters ?: 0).toLong() * live.airtime,
                chattersPeak = chatters,
            )
        }
    }

    private operator fun plus(later: HourFigures) = HourFigures(
        hour,
        game,
        later.language.ifEmpty { language },
        live + later.live,
        counted + later.counted,
        chatterMinutes + later.chatterMinutes,
        listOfNotNull(chattersPeak, later.chattersPeak).maxOrNull(),
    )
}
