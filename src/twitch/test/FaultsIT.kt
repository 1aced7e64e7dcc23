package twitchactors.twitch

import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import twitchactors.twitch.RunningTwitch.Companion.cursor
import twitchactors.twitch.RunningTwitch.Companion.json
import twitchactors.twitch.RunningTwitch.Companion.logins
import twitchactors.twitch.RunningTwitch.Companion.message
import twitchactors.twitch.RunningTwitch.Companion.number
import twitchactors.twitch.RunningTwitch.Companion.text
import java.io.IOException
import java.nio.file.Path
import java.time.Duration
import kotlin.io.path.readLines

/** Each fault as a client meets it, and that it is gone when it is switched off. */
internal class FaultsIT {
    @Test
    fun `server errors, for one streamer only, so many times`() = running { twitch ->
        twitch.switch("server-error:1,streamer=${twitch.world.names[1]},times=2")
        assertEquals(200, twitch.chatters(0).statusCode())
        assertEquals(listOf(true, true, false), List(3) { twitch.chatters(1).statusCode() in setOf(500, 502, 503) })
    }

    @Test
    fun `429 although there are points left`() = running { twitch ->
        twitch.switch("too-many-requests,path=/helix/streams")
        val refused = twitch.helix("/streams")
        assertEquals(429, refused.statusCode())
        assertEquals("0", refused.headers().firstValue("Ratelimit-Remaining").get())
        assertEquals(200, twitch.helix("/games/top").statusCode())
        twitch.switch("too-many-requests:0,path=/helix/streams")
        assertEquals(200, twitch.helix("/streams").statusCode())
        assertEquals(0, number(twitch.counts(), "budgets", "app", "points_refused"))
    }

    @Test
    fun `a token that expires is 401 until there is a new one`() = running { twitch ->
        twitch.collector
        twitch.switch("expired-token:1,times=1")
        assertEquals(listOf("Invalid OAuth token", "Invalid OAuth token"), List(2) { message(twitch.chatters(0)) })
        val token = twitch.grant(SimulatedTwitchSettings.COLLECTOR, HelixChatters.SCOPE)
        assertEquals(200, twitch.chatters(0, token = token).statusCode())
    }

    @Test
    fun `a connection that ends in the middle is an error, and not in the log`(@TempDir folder: Path) {
        val log = folder.resolve("served.jsonl")
        running(SimulatedTwitchSettings(served = log)) { twitch ->
            twitch.collector
            twitch.switch("cut-body:1,path=/helix/chat/chatters,times=1")
            assertThrows(IOException::class.java) { twitch.chatters(largest(twitch)) }
            assertEquals(emptyList<String>(), log.readLines())
            val whole = json(twitch.chatters(largest(twitch)))
            eventually { log.readLines().size == 1 }
            val line = Json.parseToJsonElement(log.readLines().single()).jsonObject
            assertEquals(logins(listOf(whole.getValue("data").jsonArray)), line.getValue("names").jsonArray.map { it.toString().trim('"') })
        }
    }

    @Test
    fun `a slow body is whole in the end`() = running { twitch ->
        val quick = twitch.chatters(largest(twitch)).body()
        twitch.switch("slow-body:1,seconds=0.5")
        val began = System.nanoTime()
        assertEquals(quick, twitch.chatters(largest(twitch)).body())
        assertTrue(System.nanoTime() - began > Duration.ofMillis(300).toNanos())
    }

    @Test
    fun `a malformed reply has its full length and is no JSON`() = running { twitch ->
        twitch.switch("malformed-json:1,path=/helix")
        val reply = twitch.helix("/streams")
        assertEquals(200, reply.statusCode())
        assertThrows(SerializationException::class.java) { json(reply) }
    }

    @Test
    fun `a cursor that loops leads to the same page`() = running { twitch ->
        twitch.switch("cursor-loop:1,times=2")
        val first = json(twitch.helix("/streams?first=5"))
        val again = json(twitch.helix("/streams?first=5&after=${cursor(first)}"))
        assertEquals(first.getValue("data"), again.getValue("data"))
        val onwards = json(twitch.helix("/streams?first=5&after=${cursor(again)}"))
        assertEquals(first.getValue("data"), onwards.getValue("data"))
        val next = json(twitch.helix("/streams?first=5&after=${cursor(onwards)}"))
        assertTrue(next.getValue("data") != first.getValue("data"))
    }

    @Test
    fun `pages repeat entries or miss them`() = running { twitch ->
        val all = logins(twitch.pages { twitch.helix("/streams?first=10$it") })
        twitch.switch("page-repeats:1")
        val repeated = logins(twitch.pages { twitch.helix("/streams?first=10$it") })
        assertEquals(all.toSet(), repeated.toSet())
        assertTrue(repeated.size > all.size)
        twitch.send("DELETE", "/simulator/faults")
        twitch.switch("page-misses:1")
        val missed = logins(twitch.pages { twitch.helix("/streams?first=10$it") })
        assertTrue(missed.size < all.size && missed.all { it in all } && missed.distinct() == missed)
    }

    @Test
    fun `a missing streamer is nowhere, at every time`() = running { twitch ->
        val login = twitch.world.names[largest(twitch)]
        twitch.switch("missing-streamer,streamer=$login")
        repeat(3) {
            assertTrue(login !in logins(twitch.pages { twitch.helix("/streams?first=100$it") }))
            assertEquals(0, json(twitch.helix("/users?login=$login")).getValue("data").jsonArray.size)
            assertEquals(403, twitch.chatters(largest(twitch)).statusCode())
        }
        twitch.send("DELETE", "/simulator/faults")
        twitch.switch("missing-streamer:0.5")
        val there = List(2) { logins(twitch.pages { twitch.helix("/streams?first=100$it") }) }
        assertEquals(there[0], there[1])
        assertTrue(login in logins(twitch.pages { twitch.helix("/streams?first=100$it") }) || there[0].isNotEmpty())
    }

    @Test
    fun `what is no fault is refused with the names of those that there are`() = running { twitch ->
        val refused = twitch.send("POST", "/simulator/faults", "Content-Type" to "text/plain", body = "cut-body:1\nearthquake")
        assertEquals(400, refused.statusCode())
        assertTrue("'earthquake'" in message(refused) && "cut-body" in message(refused))
        assertEquals(0, json(twitch.send("GET", "/simulator/faults")).getValue("faults").jsonArray.size)
        twitch.switch("cut-body:0.25,times=3")
        val on = json(twitch.send("GET", "/simulator/faults")).getValue("faults").jsonArray.single().jsonObject
        assertEquals("cut-body:0.25,times=3", text(on, "fault"))
    }

    @Test
    fun `who has not the token may look at faults, and switch none`() = running(SimulatedTwitchSettings(controlToken = "word")) { twitch ->
        fun switch(vararg headers: Pair<String, String>) =
            twitch.send("POST", "/simulator/faults", "Content-Type" to "text/plain", *headers, body = "cut-body:0.25").statusCode()
        assertEquals(listOf(401, 401), listOf(switch(), switch("Authorization" to "Bearer words")))
        assertEquals(401, twitch.send("DELETE", "/simulator/faults").statusCode())
        assertEquals(401, twitch.send("POST", "/simulator/clock", "Content-Type" to "text/plain", body = "1").statusCode())
        assertEquals(0, json(twitch.send("GET", "/simulator/faults")).getValue("faults").jsonArray.size)
        assertEquals(403, switch("Authorization" to "Bearer word", "Origin" to "http://evil.example"))
        assertEquals(200, switch("Authorization" to "Bearer word"))
        assertEquals(1, json(twitch.send("GET", "/simulator/faults")).getValue("faults").jsonArray.size)
    }

    @Test
    fun `time that has begun cannot begin again`() = running { twitch ->
        fun begin(body: String) = twitch.send("POST", "/simulator/clock", "Content-Type" to "text/plain", body = body).statusCode()
        assertEquals(listOf(409, 400, 400), listOf(begin("1"), begin("-1"), begin("soon")))
    }

    private fun running(settings: SimulatedTwitchSettings = SimulatedTwitchSettings(), test: (RunningTwitch) -> Unit) =
        RunningTwitch(settings = settings).use(test)

    private fun largest(twitch: RunningTwitch): Int = (0 until RunningTwitch.STREAMERS).maxBy { twitch.day.chatterCount(it, twitch.slot) }
}
