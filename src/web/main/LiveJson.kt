package twitchactors.web

import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.add
import kotlinx.serialization.json.addJsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray
import kotlinx.serialization.json.putJsonObject
import java.math.BigDecimal
import java.math.RoundingMode

/** The live page's numbers for scripts. Reasons, troubles and nodes are for admins only. */
internal fun LiveMoment.json(role: Role): JsonObject = buildJsonObject {
    put("as_of", at.toString())
    put("stale", stale)
    put("simulated", view.simulated)
    put("samples", view.samplesFed)
    put("samples_per_second", tenths(samplesPerSecond))
    put("sightings_applied", view.namesApplied)
    put("sightings_applied_per_second", tenths(sightingsPerSecond))
    put("lag_samples", view.lagSamples)
    put("lag_sightings", view.lagSightings)
    putJsonArray("days") { view.days.sortedByDescending { it.day }.forEach { add(it.json()) } }
    putJsonArray("partitions") { view.partitions.sortedBy { it.number }.forEach { add(it.json(role)) } }
    putJsonObject("services") { view.services.forEach { (name, health) -> put(name, health.up) } }
    if (role == Role.ADMIN) {
        putJsonObject("service_reasons") { view.services.forEach { (name, health) -> health.reason?.let { put(name, it) } } }
    }
    view.leftOut?.let {
        putJsonObject("left_out") {
            put("dead_letters", it.deadLetters)
            put("broken_polls", it.brokenPolls)
            put("refused_writes", it.refusedWrites)
        }
    }
    putJsonObject("memory") {
        put("heap_used", view.heapUsed)
        put("heap_max", view.heapMax)
        put("resident", view.residentBytes)
    }
    view.top?.let { top ->
        putJsonObject("top_streamers") {
            put("day", top.day.toString())
            putJsonArray("streamers") {
                top.streamers.forEach {
                    addJsonObject {
                        put("streamer", it.streamer.name)
                        put("unique_viewers", it.uniqueViewers)
                        put("minutes_in_chat", it.minutes)
                    }
                }
            }
        }
    }
    putJsonObject("how") { Figure.entries.forEach { put(it.word, view.how(it)) } }
}

/** The formula, and where this deployment takes the number from when it says so. */
internal fun LiveView.how(figure: Figure): String = listOfNotNull(figure.how, sources[figure]).joinToString(" ")

private fun DayRow.json() = buildJsonObject {
    put("day", day.toString())
    put("viewers", viewers)
    put("pairs", pairs)
    put("sightings", sightings)
    put("revision", revision)
    put("sealed", sealed)
    put("published_partitions", publishedPartitions)
    put("partitions", partitions)
    put("slots_expected", 288)
    put("slots_seen", slotsSeen)
    put("digest", digest)
    put("opened_at", openedAt?.toString())
    put("closed_at", closedAt?.toString())
    put("sealed_at", sealedAt?.toString())
}

private fun PartitionRow.json(role: Role) = buildJsonObject {
    put("partition", number)
    put("offset", offset)
    put("lag", lag)
    putJsonObject("viewers") { viewers.toSortedMap().forEach { (day, count) -> put(day.toString(), count) } }
    put("bytes", bytes)
    put("checkpoint_age_seconds", checkpointAgeSeconds)
    putJsonArray("publishing") { publishing.forEach { add(it) } }
    put("troubled", trouble != null)
    if (role == Role.ADMIN) {
        put("trouble", trouble)
        put("node", node)
    }
}

private fun tenths(rate: Double?): Double? = rate?.let { BigDecimal(it).setScale(1, RoundingMode.HALF_UP).toDouble() }
