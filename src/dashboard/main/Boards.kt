package twitchactors.dashboard

/** All pages of panels, in the order of the navigation. */
object Boards {
    val OVERVIEW = Board(
        "/",
        "Overview",
        "overview",
        listOf(
            DATABASE_STATE, OVERVIEW_NUMBERS, VIEWERS_OVER_TIME, TOP_CATEGORIES, TOP_TAGS, STREAMS_AND_VIEWERS, LIVE_NOW, VIEWERS_BY_DAY,
            SANITY_CALENDAR,
        ),
    )

    val ALL: List<Board> = listOf(OVERVIEW)
}
