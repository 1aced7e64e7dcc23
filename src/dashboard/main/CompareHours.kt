package twitchactors.dashboard

import twitchactors.store.TrackedFigures.Sums

/** When on the day each of the streamers has how many. */
internal val COMPARE_HOURS = Panel(
    id = "compare-hours",
    title = "By hour of the day",
    how = "The same by the hour of the day, in the chosen time zone, over those hours of the period in which the streamer was live.",
    origin = Origin.CHAT_AND_LIVE,
    look = Look.SeriesLines("hour", "streamer", "value"),
    choices = Compared.CHOICES + CompareMetric.CHOICE,
    compares = false,
) { question ->
    val compared = Compared(question)
    compared.nothing()?.let { return@Panel it }
    val period = question.period
    val hours = compared.streamers.associateWith { login ->
        question.reads.tracked.hours(login, period.from, period.to).groupBy({ it.hour.atZone(period.zone).hour }) { it.sums }
    }
    if (hours.values.all { it.isEmpty() }) return@Panel TrackedSpan.nothing(question, StreamerLinks.COMPARE)
    Table(
        listOf(
            Column.text("hour", "Hour"),
            Column.text("streamer", "Streamer"),
            Column.decimal("value", CompareMetric.title(question)),
        ),
        (0..23).flatMap { hour ->
            compared.streamers.map { login ->
                Row(Clock.hour(hour), login.name, hours.getValue(login)[hour]?.let { CompareMetric.of(question, Sums.of(it)) })
            }
        },
        coverage = "Coverage: " + TrackedSpan.of(hours.values.flatMap { it.values.flatten() }),
        offers = compared.offers,
    )
}
