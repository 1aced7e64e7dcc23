package twitchactors.twitch

import twitchactors.domain.ByteSink

/** Get Top Games and Get Games. */
internal class HelixGames(private val categories: Categories, private val address: Address, private val paging: Paging) {
    /** By falling number of live viewers; which number that is, Twitch does not say. */
    fun top(call: HelixGate.Call): Reply {
        val page = paging.page(call.asked, call.moment, "games", 100, 20) { it.categories.size }
        val sink = ByteSink()
        val games = page.moment.categories.subList(page.from, page.to)
        sink.data(games.size) { row(sink, categories.named(games[it].name)) }
        page.appendTo(sink)
        sink.ascii('}')
        return Reply.json(sink)
    }

    fun named(call: HelixGate.Call): Reply {
        val ids = call.asked.all("id")
        val names = call.asked.all("name")
        val igdbIds = call.asked.all("igdb_id")
        val asked = ids.size + names.size + igdbIds.size
        if (asked == 0) throw Refusal(400, "The request must specify the id or name or igdb_id query parameter.")
        if (asked > 100) throw Refusal(400, "The combined number of game IDs and game names must not exceed 100.")
        val found = ids.mapNotNull { categories.find(id = it) } + names.mapNotNull { categories.find(name = it) } +
            igdbIds.mapNotNull { categories.find(igdbId = it) }
        val games = found.distinct()
        val sink = ByteSink()
        sink.text("{\"data\":[")
        games.forEachIndexed { i, game ->
            if (i > 0) sink.ascii(',')
            row(sink, game)
        }
        sink.text("]}")
        return Reply.json(sink)
    }

    private fun row(sink: ByteSink, game: Categories.Category) {
        sink.ascii('{')
        sink.member("id", game.id.toString())
        sink.ascii(',')
        sink.member("name", game.name)
        sink.ascii(',')
        sink.member("box_art_url", address.boxArt(game))
        sink.ascii(',')
        sink.member("igdb_id", game.igdbId)
        sink.ascii('}')
    }
}
