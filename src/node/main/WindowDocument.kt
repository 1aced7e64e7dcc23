package twitchactors.node

import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonObjectBuilder
import kotlinx.serialization.json.add
import kotlinx.serialization.json.addJsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray
import kotlinx.serialization.json.putJsonObject
import twitchactors.audience.DayAudience
import twitchactors.audience.Overlap
import twitchactors.audience.WindowAudience
import twitchactors.node.AudienceDocument.Companion.overlap

/** What `audience --days N --json` says, as docs/contract.md has it. */
class WindowDocument(private val audience: WindowAudience) {
    fun json(): JsonObject = buildJsonObject {
        putJsonArray("days") { audience.days.forEach { add("$it") } }
        putJsonObject("all") { put("viewers", audience.all) }
        putJsonObject("people") { put("viewers", audience.people) }
        putJsonArray("streamers") {
            for (streamer in audience.streamers) {
                addJsonObject {
                    put("streamer", streamer.streamer.name)
                    putJsonObject("all") { loyalty(streamer.all) }
                    putJsonObject("people") { loyalty(streamer.people) }
                }
            }
        }
        putJsonArray("overlaps") { audience.shared.forEach { addJsonObject { shared(it) } } }
    }

    private fun JsonObjectBuilder.loyalty(loyalty: WindowAudience.Loyalty) {
        put("viewers", loyalty.viewers)
        put("new", loyalty.new)
        put("returning", loyalty.returning)
        put("regular", loyalty.regular)
        put("leaving", loyalty.leaving)
        put("lost", loyalty.lost)
        putJsonArray("by_days") { loyalty.byDays.forEach { add(it) } }
    }

    private fun JsonObjectBuilder.shared(shared: DayAudience.Shared) {
        val (a, b) = audience.streamers[shared.a] to audience.streamers[shared.b]
        put("a", a.streamer.name)
        put("b", b.streamer.name)
        putJsonObject("all") { overlap(Overlap(a.all.viewers, b.all.viewers, shared.all.toLong())) }
        putJsonObject("people") { overlap(Overlap(a.people.viewers, b.people.viewers, shared.people.toLong())) }
    }
}
