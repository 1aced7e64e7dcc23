package twitchactors.twitch

import org.apache.pekko.util.ByteString
import twitchactors.simulator.SplitMix64

/** The table of paths, and the faults that may happen to any of them. */
internal class Site(
    private val helix: HelixGate,
    private val streams: HelixStreams,
    private val chatters: HelixChatters,
    private val games: HelixGames,
    private val users: HelixUsers,
    private val oauth: OAuth,
    private val directory: DirectoryPages,
    private val pictures: Pictures,
    private val control: Control,
    private val faults: Faults,
    private val counts: Counts,
) {
    /** @param path exact; one that ends in `/` takes all below it */
    private class Route(val method: String, val path: String, val answer: (Asked, Moment) -> Reply)

    private val routes = listOf(
        Route("GET", "/helix/streams", helix(streams::answer)),
        Route("GET", "/helix/chat/chatters", helix(chatters::answer)),
        Route("GET", "/helix/games/top", helix(games::top)),
        Route("GET", "/helix/games", helix(games::named)),
        Route("GET", "/helix/users", helix(users::answer)),
        Route("POST", "/oauth2/token") { asked, _ -> oauth.token(asked) },
        Route("POST", "/oauth2/device") { asked, _ -> oauth.device(asked) },
        Route("GET", "/oauth2/validate") { asked, _ -> oauth.validate(asked) },
        Route("GET", "/activate") { asked, _ -> oauth.activate(asked) },
        Route("POST", "/activate") { asked, _ -> oauth.grant(asked) },
        Route("GET", "/directory", directory::categories),
        Route("GET", "/directory/cards", directory::moreCategories),
        Route("GET", "/directory/lazy-cards.js") { _, _ -> directory.script() },
        Route("GET", DirectoryPages.CATEGORY, directory::streams),
        Route("GET", "/box-art/") { asked, _ -> pictures.answer(asked.path) },
        Route("GET", "/previews/") { asked, _ -> pictures.answer(asked.path) },
        Route("GET", "/profiles/") { asked, _ -> pictures.answer(asked.path) },
    )

    private val controls = listOf(
        Route("GET", "/simulator/clock") { _, moment -> control.clock(moment) },
        Route("POST", "/simulator/clock", control::begin),
        Route("GET", "/simulator/counts") { _, _ -> control.counts() },
        Route("GET", "/simulator/faults") { _, _ -> control.faults() },
        Route("POST", "/simulator/faults") { asked, _ -> control.switch(asked) },
        Route("DELETE", "/simulator/faults") { _, _ -> control.clear() },
    )

    private val exact = (routes + controls).associateBy { "${it.method} ${it.path}" }
    private val below = routes.filter { it.path.endsWith("/") }

    fun answer(asked: Asked, moment: Moment): Reply {
        val route = exact["${asked.method} ${asked.path}"]
            ?: below.find { it.method == asked.method && asked.path.startsWith(it.path) }
            ?: return Reply.error(404, "")
        if (asked.method != "GET" && isForeign(asked)) return Reply.error(403, "a page of another site may not do this")
        if (route in controls) return (if (asked.method == "GET") null else control.refusal(asked)) ?: route.answer(asked, moment)
        val reply = faulty(asked, route, moment)
        counts.reply(route.path, reply.status)
        return reply
    }

    private fun helix(endpoint: (HelixGate.Call) -> Reply): (Asked, Moment) -> Reply =
        { asked, moment -> helix.answer(asked, moment, endpoint) }

    /** Faults that have nothing to do with what is asked for. */
    private fun faulty(asked: Asked, route: Route, moment: Moment): Reply {
        if (faults.all.isEmpty()) return route.answer(asked, moment)
        val streamers = { helix.named(asked) }
        faults.hits(FaultKind.SERVER_ERROR, asked.path, streamers)?.let {
            return Reply.error(SERVER_ERRORS[SplitMix64(asked.path.hashCode() + moment.number.toLong()).below(SERVER_ERRORS.size)], "")
        }
        val reply = route.answer(asked, moment)
        if (reply.status != 200) return reply
        val slow = faults.hits(FaultKind.SLOW_BODY, asked.path, streamers)
        return when {
            faults.hits(FaultKind.MALFORMED_JSON, asked.path, streamers) != null -> reply.garbled(garbled(reply.body))
            faults.hits(FaultKind.CUT_BODY, asked.path, streamers) != null -> reply.delivered(Reply.Delivery.Cut)
            slow != null -> reply.delivered(Reply.Delivery.Slow(slow.seconds))
            else -> reply
        }
    }

    /** The first two thirds, and then what proxies say when they have had enough. */
    private fun garbled(body: ByteString): ByteString = body.take(body.size() * 2 / 3).concat(BREAK_OFF)

    /** Whether a browser sends this for a page of another site; what is no browser sends no origin. */
    private fun isForeign(asked: Asked): Boolean {
        val origin = asked.header("origin") ?: return false
        return origin.substringAfter("://", "") != asked.header("host")
    }

    private companion object {
        val SERVER_ERRORS = intArrayOf(500, 502, 503)
        val BREAK_OFF: ByteString = ByteString.fromString("\n<html><body>upstream timed out</body></html>")
    }
}
