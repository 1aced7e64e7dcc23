package twitchactors.dashboard

import twitchactors.audience.LiveSample

/** What a stream was about, from when to when. */
internal val STREAM_CHANGES = Panel(
    id = "stream-changes",
    title = "Titles and categories",
    how = "A line for each stretch of samples with the same title and category, with its five-minute slots of the UTC day, and plain " +
        "averages of its samples.",
    origin = Origin.CHAT_AND_LIVE,
    look = Look.Rows,
    wide = true,
    compares = false,
) { question ->
    val page = StreamPage(question)
    if (page.samples.isEmpty()) return@Panel StreamChanges.published(page)
    Table(
        listOf(
            Column.moment("from", "From"),
            Column.text("category", "Category"),
            Column.text("title", "Title"),
            Column.text("slots", "Slots"),
            Column.decimal("average_viewers", "Viewers"),
            Column.decimal("average_chatters", "Chatters"),
            Column.count("peak_viewers", "Peak"),
        ),
        StreamChanges.stretches(page.samples).map { all ->
            Row(
                page.at(all.first().slot),
                all.first().game.ifEmpty { null },
                all.first().title.ifEmpty { null },
                "${all.first().slot}–${all.last().slot}",
                all.mapNotNull { it.liveViewers }.takeIf { it.isNotEmpty() }?.average(),
                all.mapNotNull { it.chatters }.takeIf { it.isNotEmpty() }?.average(),
                all.mapNotNull { it.liveViewers }.maxOrNull(),
            )
        },
        coverage = page.coverage,
    )
}

/** The parts of [STREAM_CHANGES]. */
internal object StreamChanges {
    const val NO_LONGER = "Single samples of this stream are no longer kept: what was published of its day is."

    fun stretches(samples: List<LiveSample>): List<List<LiveSample>> = samples.fold(ArrayList<ArrayList<LiveSample>>()) { all, sample ->
        val last = all.lastOrNull()?.last()
        if (last != null && last.title == sample.title && last.game == sample.game) all.last() += sample else all += arrayListOf(sample)
        all
    }

    /** What is published of titles and games, when there are no samples any more. */
    fun published(page: StreamPage): Table {
        val stream = page.published ?: return page.nothing()
        val day = checkNotNull(page.day)
        val rows = listOf("category" to day.games, "title" to day.titles).flatMap { (what, texts) ->
            texts.mapNotNull { (text, slots) ->
                val ours = Slots.of(slots).filter { it in stream.first..stream.last }
                if (ours.isEmpty()) null else Row(text, what, page.at(ours.first()), ours.size / 12.0, slots)
            }
        }
        return Table(
            listOf(
                Column.text("text", "Title or category"),
                Column.text("what", "What"),
                Column.moment("from", "From"),
                Column.hours("hours", "Hours"),
                Column.text("slots", "Slots of the day"),
            ),
            rows,
            coverage = page.coverage,
            note = NO_LONGER,
        )
    }
}
