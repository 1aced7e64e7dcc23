package twitchactors.node

import kotlinx.serialization.json.JsonArrayBuilder
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonObjectBuilder
import kotlinx.serialization.json.addJsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray
import kotlinx.serialization.json.putJsonObject
import twitchactors.audience.ChatFigures
import twitchactors.audience.DayAudience
import twitchactors.audience.LiveFigures
import twitchactors.audience.Overlap
import twitchactors.audience.StreamerDay
import twitchactors.store.Audiences
import twitchactors.store.DayAudienceHead

/** What `audience --json` says of a day, as docs/contract.md has it. Blocks its caller. */
class AudienceDocument(private val audiences: Audiences, private val head: DayAudienceHead) {
    /** By login. */
    fun streamers(): List<StreamerDay> =
        audiences.streamerDays(head.streamers.map { it.login }, head.day).toCompletableFuture().get().sortedBy { it.streamer }

    fun json(): JsonObject = buildJsonObject {
        put("day", "${head.day}")
        put("revision", head.revision)
        putJsonObject("all") { totals(head.all) }
        putJsonObject("people") { totals(head.people) }
        putJsonObject("bots") { head.bots.forEach { (reason, viewers) -> put(reason.name.lowercase(), viewers) } }
        putJsonArray("streamers") { streamers().forEach { addJsonObject { streamer(it) } } }
        putJsonArray("overlaps") { head.streamers.forEach { overlaps(it) } }
    }

    private fun JsonObjectBuilder.totals(totals: DayAudience.Totals) {
        put("viewers", totals.viewers)
        put("at_several", totals.atSeveral)
    }

    private fun JsonObjectBuilder.streamer(streamer: StreamerDay) {
        put("streamer", streamer.streamer.name)
        putJsonObject("all") { chat(streamer.all) }
        putJsonObject("people") { chat(streamer.people) }
        putJsonObject("live") { live(streamer.live) }
        putJsonArray("streams") {
            for (stream in streamer.streams) {
                addJsonObject {
                    put("id", stream.id)
                    put("first", stream.first)
                    put("last", stream.last)
                    put("viewers", stream.viewers)
                    put("people", stream.people)
                    putJsonObject("live") { live(stream.live) }
                }
            }
        }
        putJsonArray("titles") { slots(streamer.titles) }
        putJsonArray("games") { slots(streamer.games) }
    }

    private fun JsonObjectBuilder.chat(figures: ChatFigures) {
        put("viewers", figures.viewers)
        put("samples", figures.samples)
        put("hours_seen", figures.hoursSeen)
        put("elsewhere", figures.elsewhere)
        putJsonArray("retention") {
            for (after in figures.retention) {
                addJsonObject {
                    put("minutes", after.minutes)
                    put("could", after.could)
                    put("stayed", after.stayed)
                }
            }
        }
    }

    private fun JsonObjectBuilder.live(figures: LiveFigures) {
        put("airtime", figures.airtime)
        put("samples", figures.samples)
        put("gaps", figures.gaps)
        put("partial", figures.partial)
        put("peak", figures.peak)
        put("peak_slot", figures.peakSlot)
        put("average_viewers", figures.averageViewers)
        put("hours_watched", figures.hoursWatched)
        put("average_anonymous", figures.averageAnonymous)
    }

    private fun JsonArrayBuilder.slots(texts: Map<String, String>) {
        for ((text, slots) in texts) {
            addJsonObject {
                put("text", text)
                put("slots", slots)
            }
        }
    }

    /** Each two once, by the lesser login. */
    private fun JsonArrayBuilder.overlaps(streamer: DayAudienceHead.Streamer) {
        val shared = audiences.overlaps(streamer.login, head.day).toCompletableFuture().get() ?: return
        for (other in shared.others.filter { it.login > streamer.login }) {
            addJsonObject {
                put("a", streamer.login.name)
                put("b", other.login.name)
                putJsonObject("all") { overlap(other.all) }
                putJsonObject("people") { overlap(other.people) }
            }
        }
    }

    companion object {
        /** An overlap's own fields. */
        fun JsonObjectBuilder.overlap(overlap: Overlap) {
            put("shared", overlap.shared)
            put("share_of_a", overlap.shareOfA)
            put("share_of_b", overlap.shareOfB)
            put("jaccard", overlap.jaccard)
        }
    }
}
