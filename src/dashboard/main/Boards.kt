package twitchactors.dashboard

/** All pages of panels, in the order of the navigation. */
object Boards {
    val OVERVIEW = Board(
        "/",
        "Overview",
        "overview",
        listOf(
            DATABASE_STATE, OVERVIEW_NUMBERS, VIEWERS_OVER_TIME, TOP_CATEGORIES, TOP_TAGS, STREAMS_AND_VIEWERS, VIEWERS_BY_DAY, LIVE_NOW,
            SANITY_CALENDAR,
        ),
    )

    val CATEGORIES = Board(
        "/categories",
        "Categories",
        "categories",
        listOf(CATEGORY_CARDS, CATEGORY_TREND, CATEGORY_HOUR_HEAT, CATEGORY_TAG_HEAT),
    )

    val CATEGORY = Board(
        "/categories/",
        "Categories",
        "categories",
        listOf(CATEGORY_NUMBERS, CATEGORY_OVER_TIME, CATEGORY_CHANNELS, CATEGORY_TAGS, CATEGORY_WEEK),
        isInNavigation = false,
    )

    val TEMPORAL = Board(
        Temporal.PATH,
        "Temporal",
        "temporal",
        listOf(TEMPORAL_LINE, TEMPORAL_BY_HOUR, TEMPORAL_BY_WEEKDAY, TEMPORAL_WEEK, TEMPORAL_CALENDAR),
        lead = "When there is much to watch, and when little.",
    )

    val ALL: List<Board> = listOf(OVERVIEW, CATEGORIES, CATEGORY, TEMPORAL)
}
