package twitchactors.twitch

import kotlinx.serialization.json.addJsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray
import twitchactors.domain.BadInput
import java.security.MessageDigest
import java.time.Duration
import java.time.Instant

/**
 * What is below `/simulator`, of which Twitch has nothing: the time, the counts, and the switches of faults. Answers are JSON.
 *
 * - `GET /simulator/clock`, `GET /simulator/counts`, `GET /simulator/faults`: for every program of this machine
 * - `POST /simulator/faults`: switches on what the text in the body says, a [Fault] a line, all or nothing; probability 0 switches off, all
 *   of the kind where nothing else is said
 * - `DELETE /simulator/faults`: switches all off
 * - `POST /simulator/clock`: the body is a number of seconds after which time is to begin, while it still stands still; then 409
 *
 * What is no GET changes something: it needs the [token] where there is one (401), comes from this machine, and from no page of another
 * site (403). POST and DELETE of faults answer as GET does, with what is on then.
 *
 * @param token what has to come as `Authorization: Bearer ..`; null: nothing
 */
internal class Control(
    private val clock: SimulatedClock,
    private val address: Address,
    private val faults: Faults,
    private val counts: Counts,
    private val gate: HelixGate,
    private val served: ServedLog,
    private val token: String?,
) {
    /** Why [asked] may not change anything; null when it may. */
    fun refusal(asked: Asked): Reply? {
        val host = asked.header("host").orEmpty().substringBeforeLast(':')
        if (host != "localhost" && !LOOPBACK.matches(host)) return Reply.error(403, "a simulator is controlled as 127.0.0.1 only")
        val brought = asked.header("authorization").orEmpty().removePrefix("Bearer ").toByteArray()
        if (token == null || MessageDigest.isEqual(token.toByteArray(), brought)) return null
        return Reply.error(
            401,
            "the simulator's token is missing or wrong: set TWITCHACTORS_SIMULATION_TOKEN to the one it was started with",
        )
    }

    /**
     * What time it is (`now`), from which moments on the clock runs how fast until when, and where the chat is: all that a collector
     * needs to keep the same time.
     */
    fun clock(moment: Moment): Reply {
        val now = clock.millis()
        return Reply.json(
            buildJsonObject {
                put("simulated", true)
                put("now", Instant.ofEpochMilli(now).toString())
                put("epoch_ms", now)
                put("day", moment.day.day.toString())
                put("slot", moment.slot)
                put("speed", clock.speed)
                put("starts_at", clock.startsAt.toString())
                put("began", clock.began.toString())
                put("ends_at", clock.endsAt?.toString())
                put("chat", address.chat)
            },
        )
    }

    /** Lets time begin in so many seconds as the body says. */
    fun begin(asked: Asked, moment: Moment): Reply {
        val seconds = asked.field(Asked.BODY).orEmpty().trim().toLongOrNull()?.takeIf { it in 0..LONGEST_HOLD }
            ?: return Reply.error(400, "the body is a number of seconds, 0 to $LONGEST_HOLD")
        if (!clock.beginIn(Duration.ofSeconds(seconds))) return Reply.error(409, "time has begun already")
        return clock(moment)
    }

    fun counts(): Reply = Reply.json(counts.json(gate.budgets, faults.all, served.lines))

    fun faults(): Reply = Reply.json(
        buildJsonObject {
            put("simulated", true)
            putJsonArray("faults") {
                faults.all.forEach {
                    addJsonObject {
                        put("fault", it.fault.toString())
                        put("happened", it.happened.get())
                    }
                }
            }
            putJsonArray("kinds") {
                FaultKind.entries.forEach {
                    addJsonObject {
                        put("kind", it.label)
                        put("what", it.what)
                    }
                }
            }
        },
    )

    /** Switches on what the body says, a fault a line; nothing when one line is wrong. */
    fun switch(asked: Asked): Reply = try {
        asked.field(Asked.BODY).orEmpty().lines().filter { it.isNotBlank() }.map { Fault.parse(it) }.forEach { faults.switch(it) }
        faults()
    } catch (bad: BadInput) {
        Reply.error(400, bad.message.orEmpty())
    }

    fun clear(): Reply {
        faults.clear()
        return faults()
    }

    private companion object {
        val LOOPBACK = Regex("127(\\.[0-9]{1,3}){3}")
        const val LONGEST_HOLD = 86_400L
    }
}
