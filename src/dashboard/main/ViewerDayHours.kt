package twitchactors.dashboard

import twitchactors.domain.Runs
import twitchactors.domain.Slot
import twitchactors.domain.SlotSets
import java.util.Locale

/** In which chats a viewer was on one day. */
internal val VIEWER_DAY = Panel(
    id = "viewer-day",
    title = "One day, hour by hour",
    how = "In which chats the account was seen in each hour of a UTC day: once in the hour is enough. The last day seen, or the one " +
        "that was chosen in the calendar. Admins see the five-minute slots as they are.",
    origin = Origin.CHAT,
    look = Look.Spans("streamer", "from", "to", "state", mapOf(SEEN to "c1")),
    wide = true,
    choices = listOf(ViewerPage.DAY),
    compares = false,
) { question ->
    val viewer = ViewerPage.of(question) ?: return@Panel ViewerPage.nobody()
    val columns = listOf("streamer" to "Streamer", "from" to "From", "to" to "To", "state" to "State")
        .map { (key, title) -> Column.text(key, title) }
    val day = viewer.ofDay ?: return@Panel Table(columns, emptyList(), why = "The account was not seen in any chat on ${viewer.day}.")
    val slotsEach = if (question.isAdmin) 1 else SLOTS_PER_HOUR
    val rows = day.presences.flatMap { presence ->
        spans(presence.runs, slotsEach).map { (from, to) -> Row(presence.streamer.name, time(from), time(to), SEEN) }
    }
    Table(columns, rows, coverage = "${viewer.day} (UTC), ${if (question.isAdmin) "by slots of five minutes" else "by the hour"}")
}

private const val SEEN = "seen in chat"
private const val SLOTS_PER_HOUR = 60 / Slot.MINUTES

/** From when to when, widened to whole units of [slotsEach] slots; those that touch are one. */
private fun spans(text: String, slotsEach: Int): List<Pair<Int, Int>> {
    val runs = IntArray(SlotSets.MAX_RUNS)
    val spans = ArrayList<Pair<Int, Int>>()
    for (run in runs.take(Runs.read(text, runs))) {
        val from = SlotSets.first(run) / slotsEach * slotsEach
        val to = (SlotSets.last(run) / slotsEach + 1) * slotsEach
        val last = spans.lastOrNull()
        if (last != null && last.second >= from) spans[spans.lastIndex] = last.first to to else spans += from to to
    }
    return spans
}

private fun time(slot: Int): String = String.format(Locale.ROOT, "%02d:%02d", slot * Slot.MINUTES / 60, slot * Slot.MINUTES % 60)
