package twitchactors.dashboard

import twitchactors.analyser.ViewerFigures
import twitchactors.analyser.ViewerFigures.Favourite
import twitchactors.domain.Login

/** With whom a viewer was most. */
internal val VIEWER_STREAMERS =
    favourites("viewer-streamers", "Favourite streamers, all time", "streamer", "Streamer", isRecent = false) { it.streamers }

/** With whom a viewer was most of late. */
internal val VIEWER_RECENT_STREAMERS =
    favourites("viewer-recent-streamers", "Favourite streamers, recently", "streamer", "Streamer", isRecent = true) { it.streamers }

/** What was played where a viewer was most. */
internal val VIEWER_GAMES =
    favourites("viewer-games", "Favourite games, all time", "game", "Game", isRecent = false) { it.games }

/** What was played where a viewer was most of late. */
internal val VIEWER_RECENT_GAMES =
    favourites("viewer-recent-games", "Favourite games, recently", "game", "Game", isRecent = true) { it.games }

private const val SHOWN = 12

private fun favourites(
    id: String,
    title: String,
    key: String,
    column: String,
    isRecent: Boolean,
    of: (ViewerFigures) -> List<Favourite<*>>,
) = Panel(
    id = id,
    title = title,
    how = how(key, isRecent),
    origin = Origin.CHAT,
    look = Look.Bars(key, if (isRecent) "score" else "hours", lying = true),
    compares = false,
) { question ->
    val viewer = ViewerPage.of(question) ?: return@Panel ViewerPage.nobody()
    val all = of(viewer.figures)
    val first: Comparator<Favourite<*>> = if (isRecent) compareByDescending { it.score } else compareByDescending { it.minutes }
    val columns = listOf(Column.hours("hours", "Hours"), Column.decimal("score", "Minutes per day, of late"))
    Table(
        listOf(Column.text(key, column)) + (if (isRecent) columns.reversed() else columns) + Column.count("days", "Days"),
        all.sortedWith(first.thenBy { "${it.what}" }).take(SHOWN).map { row(it, isRecent) },
        coverage = viewer.coverage,
        note = if (all.size > SHOWN) "The $SHOWN of ${all.size} with the most." else null,
        why = "No stream said what was played.",
    )
}

private fun row(favourite: Favourite<*>, isRecent: Boolean): Row {
    val numbers = listOf(favourite.minutes / 60.0, favourite.score)
    return Row(
        listOf("${favourite.what}") + (if (isRecent) numbers.reversed() else numbers) + favourite.days,
        href = (favourite.what as? Login)?.let { StreamerLinks.page(it.name) },
    )
}

private fun how(key: String, isRecent: Boolean): String {
    val order = if (isRecent) {
        "By the 28-day exponential moving average of the minutes per tracked day: what was on a day of late weighs more."
    } else {
        "By the hours of all sealed days."
    }
    val minutes = if (key == "game") {
        "A game's minutes are the slots in which the account was in a chat whose stream said that game."
    } else {
        "A streamer's minutes are the five-minute slots in which the account was seen in that chat."
    }
    return "$order $minutes The $SHOWN with the most."
}
