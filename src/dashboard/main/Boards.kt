package twitchactors.dashboard

import twitchactors.web.Access

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

    val STREAMERS = Board(
        StreamerLinks.ALL,
        "Streamers",
        "streamers",
        listOf(STREAMERS_NUMBERS, STREAMERS_LIVE, STREAMERS_TOP, STREAMERS_RANKING),
        lead = "Those who are tracked: their chats are looked at every five minutes.",
        above = { question, token -> if (question.isAdmin) BoardPages.track(question.choice(StreamerChoices.SEARCH), token) else null },
        more = { Table.Elsewhere("Compare up to three", it.link(StreamerLinks.COMPARE)) },
    )

    val STREAMER = Board(
        "/streamers/",
        "Streamers",
        "streamers",
        listOf(
            STREAMER_STATE, STREAMER_NUMBERS, STREAMER_OVER_TIME, STREAMER_LOYALTY_BY_DAY, STREAMER_RETENTION, STREAMER_WEEK,
            STREAMER_STREAMS, STREAMER_GAMES, STREAMER_RECORDS, STREAMER_TITLES, STREAMER_LOYALTY_NUMBERS, STREAMER_NEIGHBOURS,
            STREAMER_FLOW, STREAMER_LOYALTY,
        ),
        isInNavigation = false,
        subjectTitle = { it.lowercase() },
        more = { Table.Elsewhere("Compare with others", it.link(StreamerLinks.COMPARE, "a" to it.subject.orEmpty().lowercase())) },
    )

    val STREAM = Board(
        "/streams/",
        "Stream",
        "streams",
        listOf(STREAM_NUMBERS, STREAM_CURVE, STREAM_CHANGES, STREAM_RETENTION, STREAM_FLOW),
        isInNavigation = false,
        hasPeriod = false,
        subjectTitle = { subject -> StreamSubject.of(subject)?.let { "${it.streamer}, stream of ${it.day}" } ?: "No stream" },
        parent = { question ->
            StreamSubject.of(question.subject)
                ?.let { Table.Elsewhere(it.streamer, question.linkToDays(StreamerLinks.page(it.streamer), it.day..it.day)) }
                ?: Table.Elsewhere("Streamers", StreamerLinks.ALL)
        },
    )

    val COMPARE = Board(
        StreamerLinks.COMPARE,
        "Compare streamers",
        "compare",
        listOf(COMPARE_NUMBERS, COMPARE_OVER_TIME, COMPARE_HOURS, COMPARE_VENN, COMPARE_NEIGHBOURS),
        isInNavigation = false,
        parent = { Table.Elsewhere("Streamers", it.link(StreamerLinks.ALL)) },
    )

    val TEMPORAL = Board(
        Temporal.PATH,
        "Temporal",
        "temporal",
        listOf(TEMPORAL_LINE, TEMPORAL_BY_HOUR, TEMPORAL_BY_WEEKDAY, TEMPORAL_WEEK, TEMPORAL_CALENDAR),
        lead = "When there is much to watch, and when little.",
    )

    val STATUS = Board(
        "/status",
        "Status",
        "status",
        listOf(
            STATUS_NUMBERS, COVERAGE_GRID, SANITY_CALENDAR, SEALED_DAYS, GAP_REASONS, GAPS_HERE, ARCHIVES, FINDINGS, DEAD_LETTERS, STAGES,
        ),
        lead = "How much of what was to be recorded is there, and whether it is as it should be.",
    )

    val MAP = Board(
        "/map",
        "Map",
        "overlaps",
        listOf(COMMUNITY_MAP, REFERENCE_MAP, COMMUNITIES),
        lead = "Streamers whose chats the same people visit, beside what others have published of 2021 and 2022.",
    )

    val VIEWERS = Board(
        "/viewers",
        "Viewers",
        "viewers-known",
        listOf(VIEWERS_KNOWN, VIEWERS_BY_DAY, BOT_REASONS),
        above = { question, token -> BoardPages.viewers(ViewersHead.of(question, token)) },
    )

    val VIEWER = Board(
        ViewerPage.PATH,
        "Viewers",
        "viewers",
        listOf(
            VIEWER_IDENTITY, VIEWER_NUMBERS, VIEWER_WEEK, VIEWER_RECENT_STREAMERS, VIEWER_STREAMERS, VIEWER_YEAR, VIEWER_DAY,
            VIEWER_RECENT_GAMES, VIEWER_GAMES,
        ),
        isInNavigation = false,
        hasPeriod = false,
        subjectTitle = { "Viewer ${it.take(8)}" },
        above = { question, token -> BoardPages.viewers(ViewersHead.of(question, token)) },
    )

    val CLUSTER = Board(
        "/cluster",
        "Cluster",
        "cluster",
        listOf(CLUSTER_MEMBERS, CLUSTER_PARTITIONS, CLUSTER_LAG),
        hasPeriod = false,
        access = Access.ADMIN,
        lead = "Who is in the cluster and what lives where. Everything here moves by itself.",
    )

    val ALL: List<Board> = listOf(
        OVERVIEW, CATEGORIES, CATEGORY, STREAMERS, STREAMER, STREAM, COMPARE, TEMPORAL, VIEWERS, VIEWER, MAP, STATUS, CLUSTER,
    )
}
