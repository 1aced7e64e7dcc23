package twitchactors.dashboard

import twitchactors.domain.Login

/** Who else the audiences of the streamers are seen with. */
internal val COMPARE_NEIGHBOURS = Panel(
    id = "compare-neighbours",
    title = "Where else they are seen",
    how = "For each of the streamers the share of its chatters who were also seen in another chat, of the chosen window up to the last " +
        "sealed day of the period. The fifteen others who share the most with one of them. Who shares fewer than " +
        "${OverlapChoices.LEAST} counts as not known.",
    origin = Origin.CHAT,
    look = Look.Heat("streamer", "other", "share", tall = true),
    wide = true,
    choices = Compared.CHOICES + listOf(OverlapChoices.WINDOW, OverlapChoices.WHO),
    compares = false,
) { question ->
    val compared = Compared(question)
    compared.nothing()?.let { return@Panel it }
    val day = compared.lastSealed
        ?: return@Panel Table(emptyList(), emptyList(), why = OverlapChoices.NOT_SEALED)
    val isPeople = OverlapChoices.isPeople(question)
    val shares = compared.streamers.associateWith { login ->
        OverlapChoices.overlaps(question, login, day)?.others.orEmpty().map { it.login to if (isPeople) it.people else it.all }
            .filter { (other, overlap) -> overlap.shared >= OverlapChoices.LEAST && other !in compared.streamers }
            .associate { (other, overlap) -> other to overlap.shareOfA }
    }
    val others = shares.values.flatMap { it.entries }.groupBy({ it.key }) { it.value }.mapValues { it.value.max() }.entries
        .sortedWith(compareByDescending<Map.Entry<Login, Double>> { it.value }.thenBy { it.key }).take(15).map { it.key }
    if (others.isEmpty()) return@Panel OverlapChoices.notCounted
    Table(
        listOf(Column.text("other", "Also seen with"), Column.text("streamer", "Streamer"), Column.share("share", "Share of its chatters")),
        others.flatMap { other ->
            compared.streamers.map { login ->
                Row(listOf(other.name, login.name, shares.getValue(login)[other]), question.link(StreamerLinks.page(other.name)))
            }
        },
        coverage = OverlapChoices.span(question, day) + ", as sealed",
        offers = compared.offers,
    )
}
