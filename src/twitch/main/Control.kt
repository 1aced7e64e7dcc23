package twitchactors.twitch

import kotlinx.serialization.json.addJsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray
import twitchactors.domain.BadInput
import java.time.Instant

/** What is below `/simulator`, of which Twitch has nothing: the time, the counts, and the switches of faults. */
internal class Control(
    private val clock: SimulatedClock,
    private val address: Address,
    private val faults: Faults,
    private val counts: Counts,
    private val gate: HelixGate,
    private val served: ServedLog,
) {
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
}
