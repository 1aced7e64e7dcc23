package twitchactors.dashboard

import twitchactors.domain.Day
import twitchactors.store.AudienceMap

/** Whose people are the same: our own map. */
internal val COMMUNITY_MAP = Panel(
    id = "community-map",
    title = "Who shares whose viewers",
    how = "A point is a streamer, as large as the number of people (accounts that do not look like bots) seen in that chat. Two that " +
        "share many people are close and joined by a line; each is joined with those with whom it shares most. Colours are communities, " +
        "found by Leiden's algorithm with modularity at resolution 1 over all pairs that share a person, weighted by how many; each is " +
        "named after its largest streamer. Places are the VOS layout; only distances mean something. Of the last sealed day of the " +
        "period, or of the 7 or 30 days up to it.",
    origin = Origin.CHAT,
    look = MapTable.LOOK,
    choices = listOf(OwnMap.LENGTH),
    compares = false,
) { question ->
    val own = OwnMap.of(question) ?: return@Panel OwnMap.nothing(question)
    val places = own.shown.map { placed ->
        MapTable.Place(placed.login, own.name(placed.community), placed.viewers, placed.x, placed.y, own.neighbours[placed.login].orEmpty())
    }
    MapTable.of(places, "People seen in chat", own.coverage, own.note) { question.link(StreamerLinks.page(it.name)) }
}

/** The communities of our own map. */
internal val COMMUNITIES = Panel(
    id = "communities",
    title = "Communities",
    how = "The groups of the map above. People: the sum over their streamers, so who was seen with several counts with each. Modularity " +
        "says how clearly the groups are apart: 0 as by chance, above 0.3 clearly.",
    origin = Origin.CHAT,
    look = Look.Rows,
    wide = true,
    choices = listOf(OwnMap.LENGTH),
    compares = false,
) { question ->
    val own = OwnMap.of(question) ?: return@Panel OwnMap.nothing(question)
    Table(
        listOf(
            Column.text("community", "Community"),
            Column.count("people", "People, summed"),
            Column.count("streamers", "Streamers"),
            Column.text("largest", "Largest streamers"),
        ),
        own.map.streamers.groupBy { it.community }.toSortedMap().map { (community, members) ->
            val largest = members.sortedWith(compareByDescending<AudienceMap.Placed> { it.viewers }.thenBy { it.login })
            Row(own.name(community), members.sumOf { it.viewers }, members.size, largest.take(8).joinToString { it.login.name })
        },
        coverage = own.coverage,
    )
}

/** Our own map of the period of a question. */
internal class OwnMap private constructor(private val question: Question, private val day: Day, val map: AudienceMap) {
    private val length = question.choice(LENGTH).toInt()

    /** Those that are drawn, largest first. */
    val shown: List<AudienceMap.Placed> =
        map.streamers.sortedWith(compareByDescending<AudienceMap.Placed> { it.viewers }.thenBy { it.login }).take(MapTable.MOST)

    /** With whom each of [shown] shares most of its people, among them. */
    val neighbours by lazy {
        val logins = shown.mapTo(HashSet()) { it.login }
        question.reads.map.overlaps(logins, day, length).associate { overlaps ->
            overlaps.streamer to overlaps.others.filter { it.login in logins && it.people.shared > 0 }.map { it.login to it.people.shared }
                .sortedByDescending { (_, shared) -> shared }
        }
    }

    val coverage: String
        get() = (if (length == 1) "The sealed day $day" else "The sealed ones of the $length days up to $day") +
            "; ${map.streamers.size} streamers, ${map.pairs} pairs, modularity ${CellText.of(map.modularity, Column.Kind.SHARE, Zone.UTC)}"

    val note: String? get() = if (map.streamers.size > shown.size) "The ${shown.size} largest of ${map.streamers.size} streamers." else null

    fun name(community: Int): String = "around ${map.names[community]}"

    companion object {
        val LENGTH = Choice("over", "Days", mapOf("1" to "One day", "7" to "7 days", "30" to "30 days"), default = "1")

        /** Null when there is none. */
        fun of(question: Question): OwnMap? {
            val length = question.choice(LENGTH).toInt()
            val sealed = question.reads.workings.statuses(question.period.utcDays.map(Days::of)).filter { it.sealed }.map { it.day }
            // The last day's is counted some time after its seal.
            return sealed.sortedDescending().take(LOOK_BACK).firstNotNullOfOrNull { day ->
                question.reads.map.communities(day, length)?.takeIf { it.streamers.isNotEmpty() }?.let { OwnMap(question, day, it) }
            }
        }

        fun nothing(question: Question): Table {
            val why = if (question.period.isFuture) {
                "This period is in the future."
            } else {
                "No day of this period has a map yet: one is made some seconds to minutes after a day is sealed, out of all its chats."
            }
            return Table(emptyList(), emptyList(), why = why)
        }

        private const val LOOK_BACK = 3
    }
}
