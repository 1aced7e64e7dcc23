package twitchactors.dashboard

import twitchactors.domain.Login

/** Streamers on a map as a table: what both maps, ours and the published ones, have in common. */
internal object MapTable {
    /** So many of the largest are drawn: more cannot be told apart. */
    const val MOST = 200
    private const val NEIGHBOURS = 5

    val LOOK = Look.Graph("streamer", "community", "size", "x", "y", "neighbours")

    /**
     * @param community a name, that of its largest streamer
     * @param neighbours with whom most is shared, and how much, most first
     */
    class Place(
        val streamer: Login,
        val community: String,
        val size: Long,
        val x: Double,
        val y: Double,
        val neighbours: List<Pair<Login, Long>>,
    )

    /**
     * @param size what the size of a streamer is
     * @param page the address of a streamer's page; null: there is none
     */
    fun of(places: List<Place>, size: String, coverage: String, note: String?, page: ((Login) -> String)? = null): Table = Table(
        listOf(
            Column.text("streamer", "Streamer"),
            Column.text("community", "Community"),
            Column.count("size", size),
            Column.text("neighbours", "Shares most with"),
            Column.decimal("x", "Place on the map, x"),
            Column.decimal("y", "y"),
        ),
        places.map { place ->
            val shares = place.neighbours.take(NEIGHBOURS).joinToString { (login, shared) -> "$login ($shared)" }
            Row(
                listOf(place.streamer.name, place.community, place.size, shares, place.x, place.y),
                href = page?.invoke(place.streamer),
            )
        },
        coverage = coverage,
        note = note,
    )

    /** Of each node those that it shares most with. [edges] name nodes by their indexes. */
    fun neighbours(logins: List<Login>, edges: List<Triple<Int, Int, Long>>): List<List<Pair<Login, Long>>> {
        val of = List(logins.size) { ArrayList<Pair<Login, Long>>() }
        for ((a, b, shared) in edges) {
            of[a] += logins[b] to shared
            of[b] += logins[a] to shared
        }
        return of.map { it.sortedWith(compareByDescending<Pair<Login, Long>> { (_, shared) -> shared }.thenBy { (login, _) -> login }) }
    }
}
