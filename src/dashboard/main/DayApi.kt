package twitchactors.dashboard

import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.add
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray
import twitchactors.domain.Day
import twitchactors.domain.Slot
import twitchactors.store.DayStatus
import twitchactors.web.Access
import twitchactors.web.Answer
import twitchactors.web.Asked
import twitchactors.web.Frame
import twitchactors.web.Route

/** What the API tells of days that is no panel, and of dead letters. */
class DayApi(private val reads: Reads) : FramedRoutes {
    override fun routes(frame: Frame): List<Route> = listOf(
        Route("GET", "/api/v1/days", Access.VISITOR) { _, _ -> all() },
        Route("GET", "/api/v1/days/", Access.VISITOR) { asked, _ -> one(asked) },
        Route("GET", "/api/v1/dead-letters", Access.ADMIN) { asked, _ -> deadLetters(asked) },
    )

    private fun all(): Answer = Answer.json(
        buildJsonObject { putJsonArray("days") { reads.statuses.all().now().sortedByDescending { it.day }.forEach { add(json(it)) } } },
    )

    private fun one(asked: Asked): Answer {
        val day = Day.parse(asked.path.removePrefix("/api/v1/days/"))
            ?: return Answer.error(asked, 422, "bad_day", "That is no day; write it as 2022-08-01.")
        val status = reads.workings.statuses(listOf(day)).firstOrNull()
            ?: return Answer.error(asked, 404, "not_found", "Nothing is known of that day as a whole: it is not sealed.")
        return Answer.json(json(status))
    }

    private fun json(status: DayStatus): JsonObject = buildJsonObject {
        put("day", "${status.day}")
        put("revision", status.revision)
        put("viewers", status.viewers)
        put("pairs", status.pairs)
        put("sightings", status.sightings)
        put("digest", status.digest)
        put("slots_expected", Slot.PER_DAY)
        put("slots_seen", status.coverage?.slotsSeen)
        put("samples_expected", status.coverage?.samplesExpected)
        put("samples_seen", status.coverage?.samplesSeen)
        put("gaps", status.coverage?.gaps)
        put("sealed", status.sealed)
        put("verified", status.verified)
    }

    private fun deadLetters(asked: Asked): Answer {
        val counts = reads.workings.deadLetters()
            ?: return Answer.error(asked, 503, "away", "Kafka does not answer just now.").with("Retry-After", "5")
        return Answer.json(
            buildJsonObject {
                putJsonArray("dead_letters") {
                    counts.forEach { letters ->
                        add(
                            buildJsonObject {
                                put("topic", letters.topic)
                                put("reason", letters.reason)
                                put("count", letters.count)
                            },
                        )
                    }
                }
            },
        )
    }
}
