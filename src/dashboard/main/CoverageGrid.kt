package twitchactors.dashboard

import twitchactors.domain.Slot
import twitchactors.store.DayLook
import twitchactors.store.SampledSlots
import java.time.LocalDate
import java.time.temporal.ChronoUnit
import java.util.Locale

/** What there is of each slot of each day. */
internal val COVERAGE_GRID = Panel(
    id = "coverage",
    title = "Coverage, day by day",
    how = "Every day has 288 slots of five minutes (UTC). Whole: of all who were expected there is a sample. Gaps: of some there is " +
        "none, with the reason that most of them have. Only gaps: of nobody who was expected there is one. Offline: the slot was " +
        "recorded and nobody who is tracked was live. Nothing: nobody recorded it. Expected is who was tracked and is not known to have " +
        "been offline. Of a day that was not archived yet only what has come in is known: gaps of streamers who may have been offline " +
        "show later.",
    origin = Origin.CHAT,
    look = Look.Spans("day", "from", "to", "state", SlotState.entries.associate { it.word to it.colour }),
    wide = true,
    compares = false,
    refreshSeconds = 60,
) { question ->
    val days = StatusDays(question)
    val arriving = days.past.filter { days.looks[it]?.slots.isNullOrEmpty() }.take(MOST_COUNTED)
    val shown = days.past.filter { it in arriving || !days.looks[it]?.slots.isNullOrEmpty() }
    val all = shown.map { day ->
        val look = days.looks[day]?.takeIf { it.slots.isNotEmpty() }
        val slots = if (look != null) looked(look) else arriving(question, day)
        spans(day, slots, if (look == null) "so far" else "archived")
    }
    // The latest day comes first; before the first of which there is anything nobody tracked.
    val rows = all.dropLastWhile { spans -> spans.all { it.values[3] == SlotState.NOTHING.word } }.flatten()
    if (rows.isEmpty()) return@Panel days.nothing("Nothing was recorded in this period.")
    Table(
        listOf(
            Column.date("day", "Day (UTC)"),
            Column.text("from", "From"),
            Column.text("to", "To"),
            Column.text("state", "State"),
            Column.count("slots", "Slots"),
            Column.count("samples", "Samples"),
            Column.count("gaps", "Gaps"),
            Column.share("share", "Of what was expected"),
            Column.text("reason", "Most frequent reason"),
            Column.text("known", "Known"),
        ),
        rows,
        coverage = days.coverage,
        note = "Of days that were not archived only the last $MOST_COUNTED are shown.".takeIf { shown.size < days.past.size },
    )
}

/** Of a day that was not looked at all samples have to be counted. */
private const val MOST_COUNTED = 8

/** What there is of a slot, with the colour that stands for it. */
internal enum class SlotState(val word: String, val colour: String) {
    WHOLE("whole", "good"),
    PARTLY("gaps", "warm"),
    GAP("only gaps", "bad"),
    OFFLINE("offline", "c5"),
    NOTHING("nothing", "track"),
}

private class SeenSlot(val state: SlotState, val samples: Int, val gaps: Map<String, Int>)

private fun looked(look: DayLook): List<SeenSlot> = look.slots.map { slot ->
    val state = when {
        slot.samples > 0 && slot.gaps.isEmpty() -> SlotState.WHOLE
        slot.samples > 0 -> SlotState.PARTLY
        slot.gaps.isNotEmpty() -> SlotState.GAP
        slot.isRecorded -> SlotState.OFFLINE
        else -> SlotState.NOTHING
    }
    SeenSlot(state, slot.samples, slot.gaps)
}

/** Slots that are still to come are not there. */
private fun arriving(question: Question, day: LocalDate): List<SeenSlot> {
    val seen = question.reads.workings.slots(Days.of(day))
    val minutes = ChronoUnit.MINUTES.between(Days.start(day), question.period.now) / Slot.MINUTES
    val until = maxOf(minutes.coerceIn(0, Slot.PER_DAY.toLong()).toInt(), (seen.keys.maxOrNull() ?: -1) + 1)
    return (0 until until).map { arrived(seen[it]) }
}

private fun arrived(slot: SampledSlots.OfSlot?): SeenSlot = when {
    slot == null -> SeenSlot(SlotState.NOTHING, 0, emptyMap())
    slot.gaps == 0 -> SeenSlot(SlotState.WHOLE, slot.samples, emptyMap())
    else -> SeenSlot(if (slot.samples > 0) SlotState.PARTLY else SlotState.GAP, slot.samples, mapOf(NOT_YET to slot.gaps))
}

private const val NOT_YET = "known when the day is archived"

private fun spans(day: LocalDate, slots: List<SeenSlot>, known: String): List<Row> = buildList {
    var from = 0
    while (from < slots.size) {
        var to = from + 1
        while (to < slots.size && slots[to].state == slots[from].state) to++
        val here = slots.subList(from, to)
        val samples = here.sumOf { it.samples }
        val reasons = here.flatMap { it.gaps.entries }.groupingBy { it.key }.fold(0) { sum, gap -> sum + gap.value }
        val gaps = reasons.values.sum()
        add(
            Row(
                day,
                time(from),
                time(to),
                here.first().state.word,
                here.size,
                samples,
                gaps,
                share(samples.toDouble(), (samples + gaps).toDouble()),
                reasons.entries.maxByOrNull { it.value }?.key,
                known,
            ),
        )
        from = to
    }
}

private fun time(slot: Int): String = String.format(Locale.ROOT, "%02d:%02d", slot * Slot.MINUTES / 60, slot * Slot.MINUTES % 60)
