package twitchactors.dashboard

import twitchactors.store.TrackedFigures.StreamerSum
import twitchactors.store.TrackedFigures.Sums
import java.time.LocalDate

/** The tracked streamers of the period of [question], and how much of it there is of them. */
internal class TrackedSpan(private val question: Question) {
    private val period = question.period
    private val tracked = question.reads.tracked
    private val days get() = period.utcDays

    /** In the chosen language and category: by the hours of the period, in periods above 8 days by the UTC days that it touches. */
    val streamers: List<StreamerSum> by lazy { read(StreamerChoices.language(question), StreamerChoices.category(question)) }

    private fun read(language: String?, category: String?): List<StreamerSum> = if (period.isFine) {
        tracked.streamers(period.from, period.to, language, category)
    } else {
        tracked.streamers(days.first(), days.last().plusDays(1), language, category)
    }

    /** What may be picked: of the UTC days of the period. */
    val offers: Map<String, List<String>> get() = tracked.kinds(days.first(), days.last().plusDays(1)).let {
        mapOf(StreamerChoices.LANGUAGE.name to it.languages, StreamerChoices.CATEGORY.name to it.categories)
    }

    val coverage: String get() {
        val span = if (period.isFine) "" else "UTC days ${days.first()} to ${days.last()}, "
        return "Coverage: $span${of(streamers.map { it.sums })}"
    }

    /** The table of a panel that has nothing to show. */
    fun nothing(): Table {
        val isFiltered = StreamerChoices.language(question) != null || StreamerChoices.category(question) != null
        if (!isFiltered || read(null, null).isEmpty()) return nothing(question, StreamerLinks.ALL)
        return Table(
            emptyList(),
            emptyList(),
            why = "No tracked streamer was live in this language and category in this period.",
            elsewhere = Table.Elsewhere("All streamers of the period", question.link(StreamerLinks.ALL)),
            offers = offers,
        )
    }

    companion object {
        const val NOTHING_YET = "No streamer was sampled yet. A node with the role collect asks every five minutes who is in the chats " +
            "of those it tracks; recorded days come by replay."

        /** How whole the samples are that [all] comes from, in words. */
        fun of(all: List<Sums>): String {
            if (all.isEmpty()) return "no samples"
            val sums = Sums.of(all)
            val missing = if (sums.gaps == 0) "all" else CellText.count(sums.samples - sums.gaps)
            val partial = if (sums.partials == 0) "" else ", ${CellText.count(sums.partials)} of them only in part"
            return "${CellText.count(sums.samples)} samples, $missing of them say who was in the chat$partial"
        }

        /** The table of a panel that has nothing to show in the period of [question]. [path] is where its page lies. */
        fun nothing(question: Question, path: String, days: ClosedRange<LocalDate>? = question.reads.tracked.extent()): Table {
            if (days == null) return Table(emptyList(), emptyList(), why = NOTHING_YET)
            val why = if (question.period.isFuture) "This period is in the future." else "No tracked streamer was live in this period."
            val from = maxOf(days.start, days.endInclusive.minusDays(6))
            return Table(
                emptyList(),
                emptyList(),
                why = "$why There are samples from ${days.start} to ${days.endInclusive}.",
                elsewhere = Table.Elsewhere("Show $from – ${days.endInclusive}", question.linkToDays(path, from..days.endInclusive)),
            )
        }
    }
}
