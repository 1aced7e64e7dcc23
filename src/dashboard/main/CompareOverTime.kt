package twitchactors.dashboard

import twitchactors.store.TrackedFigures.Sums

/** Streamers beside each other over the period. */
internal val COMPARE_OVER_TIME = Panel(
    id = "compare-over-time",
    title = "Over time",
    how = "Viewers as Twitch counts them, or accounts seen in the chat, weighed by the time that each sample speaks for: by the hour, in " +
        "periods above 8 days by the UTC day. When a streamer was not live there is no point.",
    origin = Origin.CHAT_AND_LIVE,
    look = Look.SeriesLines("time", "streamer", "value"),
    wide = true,
    choices = Compared.CHOICES + CompareMetric.CHOICE,
    compares = false,
) { question ->
    val compared = Compared(question)
    compared.nothing()?.let { return@Panel it }
    val all = TrackedPoints(question)
    val points = compared.streamers.associateWith { login -> all.of(login).groupBy({ it.start }) { it.sums } }
    if (points.values.all { it.isEmpty() }) return@Panel TrackedSpan.nothing(question, StreamerLinks.COMPARE)
    Table(
        listOf(all.timeColumn, Column.text("streamer", "Streamer"), Column.decimal("value", CompareMetric.title(question))),
        all.starts.flatMap { start ->
            compared.streamers.map { login ->
                val sums = points.getValue(login)[start]?.let(Sums::of)
                Row(all.time(start), login.name, sums?.let { CompareMetric.of(question, it) })
            }
        },
        coverage = "Coverage: " + TrackedSpan.of(points.values.flatMap { it.values.flatten() }),
        offers = compared.offers,
    )
}
