package twitchactors.dashboard

import twitchactors.audience.Overlap
import twitchactors.domain.Day
import twitchactors.domain.Login

/** How far the audiences of the streamers are the same accounts. */
internal val COMPARE_VENN = Panel(
    id = "compare-venn",
    title = "Shared audience",
    how = "Of the day, or the 7 or 30 days of the calendar, up to the last sealed day of the period: distinct accounts seen in each " +
        "chat, and in both of two, whether or not on the same day. Circles, and what two of them share, are drawn to scale; with " +
        "three, what all share follows from that drawing only roughly: it is not counted, but it is at least and at most what the " +
        "table says. Share: of the first one's chatters, and of the second one's. Jaccard: shared by all who were seen in either. " +
        "People: without accounts that look like bots.",
    origin = Origin.CHAT,
    look = Look.Venn("a", "b", "viewers"),
    choices = Compared.CHOICES + listOf(OverlapChoices.WINDOW, OverlapChoices.WHO),
    compares = false,
) { question ->
    val compared = Compared(question)
    compared.nothing(least = 2)?.let { return@Panel it }
    val day = compared.lastSealed
        ?: return@Panel Table(emptyList(), emptyList(), why = OverlapChoices.NOT_SEALED, offers = compared.offers)
    CompareVenn.table(question, compared, day)
}

/** The parts of [COMPARE_VENN]. */
internal object CompareVenn {
    /** Two streamers, and what they share. */
    private class Pair(val a: Login, val b: Login, val overlap: Overlap)

    fun table(question: Question, compared: Compared, day: Day): Table {
        val isPeople = OverlapChoices.isPeople(question)
        val streamers = compared.streamers
        val known = streamers.associateWith { OverlapChoices.overlaps(question, it, day) }
        if (known.values.any { it == null }) return OverlapChoices.notCounted
        val sizes = known.mapValues { (_, all) -> checkNotNull(all).let { if (isPeople) it.people else it.viewers } }
        val pairs = streamers.flatMapIndexed { at, a -> streamers.drop(at + 1).map { b -> a to b } }.map { (a, b) ->
            val other = checkNotNull(known.getValue(a)).others.find { it.login == b }
            val shared = other?.let { if (isPeople) it.people.shared else it.all.shared } ?: 0
            Pair(a, b, Overlap(sizes.getValue(a), sizes.getValue(b), shared))
        }
        val alone = streamers.map { Row(it.name, null, sizes.getValue(it), null, null, null) }
        val both = pairs.map {
            Row(it.a.name, it.b.name, it.overlap.shared, it.overlap.shareOfA, it.overlap.shareOfB, it.overlap.jaccard)
        }
        return Table(
            listOf(
                Column.text("a", "Streamer"),
                Column.text("b", "and"),
                Column.count("viewers", "Chatters"),
                Column.share("share_of_a", "Share of the first"),
                Column.share("share_of_b", "Share of the second"),
                Column.share("jaccard", "Jaccard"),
            ),
            alone + both,
            coverage = OverlapChoices.span(question, day) + ", as sealed",
            note = if (streamers.size == 3) ofThree(sizes.values.toList(), pairs.map { it.overlap.shared }) else null,
            offers = compared.offers,
        )
    }

    /** What the sizes and pairs leave possible for all three: [pairs] are of the first and second, first and third, second and third. */
    fun ofThree(sizes: List<Long>, pairs: List<Long>): String {
        val (ab, ac, bc) = pairs
        val least = maxOf(0L, ab + ac - sizes[0], ab + bc - sizes[1], ac + bc - sizes[2])
        return "Seen in all three: at least ${CellText.count(least)}, at most ${CellText.count(minOf(ab, ac, bc))}."
    }
}
