package twitchactors.node

import kotlinx.serialization.json.JsonArrayBuilder
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonObjectBuilder
import kotlinx.serialization.json.add
import kotlinx.serialization.json.addJsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray
import kotlinx.serialization.json.putJsonObject
import twitchactors.analyser.ViewerFigures
import twitchactors.domain.Login

/** What `viewer --json` says of one viewer, and a line of `viewers`, as docs/contract.md has it. */
object ViewerDocument {
    fun of(viewer: Login, figures: ViewerFigures): JsonObject = buildJsonObject {
        put("viewer", viewer.name)
        put("as_of", "${figures.asOf}")
        put("days", figures.days)
        put("first_seen", "${figures.firstSeen}")
        put("last_seen", "${figures.lastSeen}")
        put("minutes", figures.minutes)
        put("minutes_at_several", figures.several.minutes)
        put("most_at_once", figures.several.most)
        putJsonObject("streak") {
            put("current", figures.streak.current)
            put("longest", figures.streak.longest)
        }
        putJsonObject("workday") { schedule(figures.workday) }
        putJsonObject("weekend") { schedule(figures.weekend) }
        putJsonArray("streamers") { favourites("streamer", figures.streamers) }
        putJsonArray("games") { favourites("game", figures.games) }
        putJsonArray("year") {
            for ((day, minutes) in figures.year) {
                addJsonObject {
                    put("day", "$day")
                    put("minutes", minutes)
                }
            }
        }
        putJsonObject("bot") {
            put("score", figures.bot.score)
            put("is_bot", figures.bot.isBot)
            putJsonArray("reasons") { figures.bot.reasons.forEach { add(it.name.lowercase()) } }
        }
    }

    private fun JsonObjectBuilder.schedule(schedule: ViewerFigures.Schedule) {
        put("days", schedule.days)
        putJsonArray("minutes") { schedule.minutes.forEach { add(it) } }
    }

    private fun JsonArrayBuilder.favourites(kind: String, favourites: List<ViewerFigures.Favourite<*>>) {
        for (favourite in favourites) {
            addJsonObject {
                put(kind, "${favourite.what}")
                put("minutes", favourite.minutes)
                put("days", favourite.days)
                put("score", favourite.score)
            }
        }
    }
}
