package twitchactors.twitch

import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import twitchactors.twitch.RunningTwitch.Companion.cursor
import twitchactors.twitch.RunningTwitch.Companion.json
import twitchactors.twitch.RunningTwitch.Companion.logins
import twitchactors.twitch.RunningTwitch.Companion.message
import twitchactors.twitch.RunningTwitch.Companion.number
import twitchactors.twitch.RunningTwitch.Companion.text
import java.time.Duration

/** Helix as a client meets it: what is listed, by whom it may be asked, and how much. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
internal class HelixIT {
    private val running = RunningTwitch()
    private val names = running.world.names

    @AfterAll
    fun stop() = running.close()

    @Test
    fun `pages of streams show every live streamer once, largest first`() {
        val pages = running.pages { running.helix("/streams?first=7$it") }
        val live = (0 until running.world.streamers).filter { running.day.broadcast(it, running.slot) != null }
        assertEquals(live.map { names[it] }.toSet(), logins(pages).toSet())
        assertEquals(live.size, logins(pages).size)
        assertTrue(pages.dropLast(1).all { it.size == 7 })
        val viewers = pages.flatten().map { it.jsonObject.getValue("viewer_count").jsonPrimitive.content.toInt() }
        assertEquals(viewers.sortedDescending(), viewers)
        val first = pages[0][0].jsonObject
        val streamer = checkNotNull(names.numberOf(text(first, "user_login")))
        val broadcast = checkNotNull(running.day.broadcast(streamer, running.slot))
        assertEquals(running.day.liveViewers(streamer, running.slot), viewers[0])
        assertEquals(broadcast.id.toString(), text(first, "id"))
        assertEquals(broadcast.segmentAt(running.day.moment(running.slot)).title, text(first, "title"))
    }

    @Test
    fun `pages of chatters show every chatter once, in the order in which they came`() {
        val streamer = largest()
        val expected = running.day.chatters(streamer, running.slot).map { names[running.day.nameOfViewer(it)] }
        assertTrue(expected.size > 1_000, "${expected.size} chatters are no test of pages")
        for (first in listOf("", "&first=1000", "&first=333")) {
            assertEquals(expected, logins(running.pages { running.chatters(streamer, first + it) }), "with '$first'")
        }
        assertEquals(expected.size.toLong(), number(json(running.chatters(streamer)), "total"))
    }

    @Test
    fun `all pages of a listing are of the slot in which it began, and a cursor does not live for ever`() {
        RunningTwitch().use { own ->
            val streamer = largest()
            val expected = own.day.chatters(streamer, own.slot).map { names[own.day.nameOfViewer(it)] }
            val first = json(own.chatters(streamer, "&first=900"))
            own.time.passSlots(3)
            assertNotEquals(expected, logins(own.pages { own.chatters(streamer, "&first=1000$it") }))
            val second = json(own.chatters(streamer, "&first=1000&after=${cursor(first)}"))
            assertEquals(expected, logins(listOf(first, second).map { it.getValue("data").jsonArray }))
            own.time.passSlots(10)
            val late = own.chatters(streamer, "&after=${cursor(first)}")
            assertEquals(400 to "invalid cursor", late.statusCode() to message(late))
        }
    }

    @Test
    fun `a listing that began before midnight ends after it`() {
        RunningTwitch(ManualTime("2022-08-01T23:59:00Z")).use { own ->
            val streamer = (0 until RunningTwitch.STREAMERS).maxBy { own.day.chatterCount(it, own.slot) }
            val expected = own.day.chatters(streamer, own.slot).map { names[own.day.nameOfViewer(it)] }
            val first = json(own.chatters(streamer, "&first=100"))
            own.time.passSlots(1)
            assertEquals("2022-08-02", text(json(own.send("GET", "/simulator/clock")), "day"))
            val rest = json(own.chatters(streamer, "&first=1000&after=${cursor(first)}"))
            assertEquals(expected, logins(listOf(first, rest).map { it.getValue("data").jsonArray }))
        }
    }

    @Test
    fun `a cursor of another listing, or of nobody, is refused`() {
        val streams = cursor(json(running.helix("/streams?first=1")))
        for (wrong in listOf("x", "eyJiIjpudWxsfQ", streams, checkNotNull(streams).dropLast(1))) {
            assertEquals("invalid cursor", message(running.chatters(0, "&after=$wrong")))
        }
    }

    @Test
    fun `before leads back`() {
        val first = json(running.helix("/streams?first=3"))
        val second = json(running.helix("/streams?first=3&after=${cursor(first)}"))
        val back = json(running.helix("/streams?first=3&before=${cursor(second)}"))
        assertEquals(first.getValue("data"), back.getValue("data"))
    }

    @Test
    fun `streams are filtered by user, category and language`() {
        val all = running.pages { running.helix("/streams?first=100$it") }.flatten().map { it.jsonObject }
        val some = listOf(all[3], all[0])
        val byLogin =
            json(running.helix("/streams?user_login=${text(some[0], "user_login")}&user_id=${text(some[1], "user_id")}&user_login=no"))
        assertEquals(some.map { text(it, "id") }.toSet(), byLogin.getValue("data").jsonArray.map { text(it.jsonObject, "id") }.toSet())
        val game = text(all[0], "game_id")
        val ofGame = running.pages { running.helix("/streams?first=100&game_id=$game$it") }.flatten().map { text(it.jsonObject, "id") }
        assertEquals(all.filter { text(it, "game_id") == game }.map { text(it, "id") }, ofGame)
        assertTrue(json(running.helix("/streams?language=de")).getValue("data").jsonArray.isEmpty())
        assertEquals(all.size, logins(running.pages { running.helix("/streams?language=de&language=fr&first=100$it") }).size)
    }

    @Test
    fun `a request may name a hundred streamers with the longest of names`() {
        val many = List(99) { "u${it.toString().padStart(24, '0')}" } + names[0]
        val found = json(running.helix("/streams?first=100" + many.joinToString("") { "&user_login=$it" })).getValue("data").jsonArray
        assertTrue(found.size <= 1)
    }

    @Test
    fun `users are found by id and by login, others are left out`() {
        val viewer = running.day.nameOfViewer(5)
        val reply = json(running.helix("/users?login=${names[0].uppercase()}&id=${running.accounts.id(viewer)}&login=nobody_has_it&id=7"))
        val users = reply.getValue("data").jsonArray.map { it.jsonObject }
        assertEquals(setOf(names[0], names[viewer]), users.map { text(it, "login") }.toSet())
        assertEquals(
            SimulatedTwitchSettings.COLLECTOR,
            text(json(running.helix("/users", running.collector)).getValue("data").jsonArray[0].jsonObject, "login"),
        )
        assertEquals(400, running.helix("/users").statusCode())
        assertEquals(400, running.helix("/users?id=1" + "&id=2".repeat(100)).statusCode())
        assertEquals(400, running.helix("/users?login=not%20a%20login").statusCode())
    }

    @Test
    fun `categories are ordered by viewers and found by id and name`() {
        val top = running.pages { running.helix("/games/top?first=4$it") }.flatten().map { it.jsonObject }
        val viewers = running.pages { running.helix("/streams?first=100$it") }.flatten().map { it.jsonObject }
            .groupBy({ text(it, "game_name") }, { text(it, "viewer_count").toLong() }).mapValues { it.value.sum() }
        assertEquals(viewers.keys, top.map { text(it, "name") }.toSet())
        assertEquals(viewers.values.sortedDescending(), top.map { viewers.getValue(text(it, "name")) })
        val found = json(running.helix("/games?id=${text(top[0], "id")}&name=Chess&id=1")).getValue("data").jsonArray
        assertEquals(listOf(text(top[0], "name"), "Chess"), found.map { text(it.jsonObject, "name") })
        assertEquals(400, running.helix("/games").statusCode())
    }

    @Test
    fun `a page is as long as asked for, within Twitch's limits`() {
        for (path in listOf("/streams?first=101", "/streams?first=0", "/streams?first=x", "/games/top?first=101", "/streams?type=x")) {
            assertEquals(400, running.helix(path).statusCode(), path)
        }
        assertEquals(400, running.chatters(0, "&first=1001").statusCode())
        assertEquals(100, json(running.chatters(largest())).getValue("data").jsonArray.size)
        assertEquals(20, json(running.helix("/streams")).getValue("data").jsonArray.size)
    }

    @Test
    fun `who has no token, a wrong one, or another client's is 401`() {
        fun refused(vararg headers: Pair<String, String>) =
            running.send("GET", "/helix/streams", *headers).also { assertEquals(401, it.statusCode()) }
        val client = "Client-Id" to SimulatedTwitchSettings.CLIENT_ID
        assertEquals("OAuth token is missing", message(refused(client)))
        assertEquals("Client ID is missing", message(refused("Authorization" to "Bearer ${running.app}")))
        assertEquals("Invalid OAuth token", message(refused("Authorization" to "Bearer x", client)))
        assertEquals("Invalid OAuth token", message(refused("Authorization" to running.app, client)))
        assertEquals(
            "Client ID and OAuth token do not match",
            message(
                refused(
                    "Authorization" to "Bearer ${running.app}",
                    "Client-Id" to "x",
                ),
            ),
        )
    }

    @Test
    fun `chatters need a user's token with the scope, of a moderator`() {
        fun refused(status: Int, reply: java.net.http.HttpResponse<String>) =
            message(reply).also { assertEquals(status, reply.statusCode()) }
        assertEquals("Missing User OAUTH Token", refused(401, running.chatters(0, token = running.app)))
        val scopeless = running.grant(SimulatedTwitchSettings.COLLECTOR, "chat:read")
        assertEquals("Missing scope: moderator:read:chatters", refused(401, running.chatters(0, token = scopeless)))
        assertTrue("must match" in refused(401, running.chatters(0, user = 1)))
        assertTrue("broadcaster_id" in refused(400, running.helix("/chat/chatters?moderator_id=1", running.collector)))
        assertTrue("moderator_id" in refused(400, running.helix("/chat/chatters?broadcaster_id=1", running.collector)))
        val streamers = running.grant(names[1], HelixChatters.SCOPE)
        assertEquals(200, running.chatters(1, token = streamers, user = 1).statusCode())
        assertTrue("moderators" in refused(403, running.chatters(0, token = streamers, user = 1)))
    }

    @Test
    fun `channels that did not authorise the collector are 403, always the same ones`() {
        val settings = SimulatedTwitchSettings(moderated = 0.5)
        val allowed = List(2) {
            RunningTwitch(settings = settings).use { own -> (0 until RunningTwitch.STREAMERS).map { own.chatters(it).statusCode() } }
        }
        assertEquals(allowed[0], allowed[1])
        assertEquals(setOf(200, 403), allowed[0].toSet())
        assertTrue(allowed[0].count { it == 200 } in 20..60)
    }

    @Test
    fun `a budget that is spent is 429 until time has passed, and the headers say so`() {
        RunningTwitch(settings = SimulatedTwitchSettings(pointsPerMinute = 10)).use { own ->
            val replies = List(12) { own.helix("/games/top") }
            assertEquals(List(10) { 200 } + listOf(429, 429), replies.map { it.statusCode() })
            fun header(reply: Int, name: String) = replies[reply].headers().firstValue(name).get()
            assertEquals(listOf("9", "0", "0"), listOf(0, 9, 11).map { header(it, "Ratelimit-Remaining") })
            assertEquals("10", header(0, "Ratelimit-Limit"))
            val now = own.time.clock.millis() / 1000
            assertEquals(listOf(now + 6, now + 60), listOf(0, 11).map { header(it, "Ratelimit-Reset").toLong() })
            assertEquals("Mon, 01 Aug 2022 19:30:00 GMT", header(0, "Date"))
            assertEquals(200, own.chatters(0).statusCode(), "a user's budget is another")
            own.time.pass(Duration.ofSeconds(7))
            assertEquals(listOf(200, 429), List(2) { own.helix("/games/top").statusCode() })
            assertEquals(listOf(11L, 3L), listOf("points_spent", "points_refused").map { number(own.counts(), "budgets", "app", it) })
        }
    }

    @Test
    fun `limits in real time do not run faster with the simulation`() {
        val settings = SimulatedTwitchSettings(pointsPerMinute = 60, limitTime = LimitTime.REAL)
        RunningTwitch(ManualTime(speed = 60.0), settings = settings).use { own ->
            repeat(60) { assertEquals(200, own.helix("/games/top").statusCode()) }
            own.time.pass(Duration.ofSeconds(1))
            val replies = List(2) { own.helix("/games/top") }
            assertEquals(listOf(200, 429), replies.map { it.statusCode() })
            assertEquals("Tue, 01 Jan 2030 00:00:01 GMT", replies[0].headers().firstValue("Date").get())
        }
    }

    @Test
    fun `what is not there is 404`() {
        assertEquals(404, running.helix("/nothing").statusCode())
        assertEquals(404, running.send("POST", "/helix/streams").statusCode())
        assertNull(running.counts().getValue("replies").jsonObject["/helix/nothing"])
    }

    private fun largest(): Int = (0 until RunningTwitch.STREAMERS).maxBy { running.day.chatterCount(it, running.slot) }
}
