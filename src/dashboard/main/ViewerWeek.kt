package twitchactors.dashboard

/** When on the day a viewer is there. */
internal val VIEWER_WEEK = Panel(
    id = "viewer-week",
    title = "Workdays and weekends",
    how = "Average minutes seen in any chat in each hour of the day (UTC): for Mondays to Fridays a 20-day exponential moving average, " +
        "for Saturdays and Sundays an 8-day one. A tracked day without the account counts as 0, a day without tracking is passed over.",
    origin = Origin.CHAT,
    look = Look.Lines("hour", listOf("workday", "weekend"), area = true),
    wide = true,
    compares = false,
) { question ->
    val viewer = ViewerPage.of(question) ?: return@Panel ViewerPage.nobody()
    val (workday, weekend) = viewer.figures.workday to viewer.figures.weekend
    Table(
        listOf(
            Column.text("hour", "Hour (UTC)"),
            Column.decimal("workday", "Workday, minutes"),
            Column.decimal("weekend", "Weekend, minutes"),
        ),
        (0..23).map { hour ->
            Row(
                Clock.hour(hour),
                workday.minutes[hour].takeIf { workday.days > 0 },
                weekend.minutes[hour].takeIf { weekend.days > 0 },
            )
        },
        coverage = "${workday.days} workdays and ${weekend.days} days of weekends, as of the sealed day ${viewer.figures.asOf}",
    )
}
