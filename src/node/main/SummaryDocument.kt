package twitchactors.node

import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray
import twitchactors.archive.Rejected
import twitchactors.domain.Day

/** What `restructure` and `replay` say of a day, as docs/contract.md has it. */
class SummaryDocument(
    private val day: Day,
    private val files: Int,
    private val rejected: List<Rejected>,
    private val samples: Int,
    private val gaps: Int,
    private val slotsMissing: Int,
    private val namesDropped: Long,
    private val totals: Totals,
    private val seconds: Double,
) {
    /** @param digest null when it was not asked for */
    class Totals(val sightings: Long, val viewers: Long, val pairs: Long, val digest: String?)

    /** [revision] only where there is one. */
    fun json(revision: Int? = null): JsonObject = buildJsonObject {
        put("day", day.toString())
        put("files", files)
        putJsonArray("rejected") {
            rejected.forEach {
                add(
                    buildJsonObject {
                        put("file", it.file)
                        put("reason", it.reason)
                    },
                )
            }
        }
        put("samples", samples)
        put("gaps", gaps)
        put("slots_missing", slotsMissing)
        put("names_dropped", namesDropped)
        put("sightings", totals.sightings)
        put("viewers", totals.viewers)
        put("pairs", totals.pairs)
        put("digest", totals.digest)
        revision?.let { put("revision", it) }
        put("seconds", Math.round(seconds * MILLIS) / MILLIS)
    }

    private companion object {
        const val MILLIS = 1000.0
    }
}
