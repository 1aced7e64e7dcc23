package twitchactors.archiver

import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonObject
import twitchactors.archive.NamedFile
import twitchactors.domain.Day
import twitchactors.domain.Slot
import twitchactors.store.DayStatus

/**
 * What an archived day says of itself in its `.json`, which is written last: a day is archived when it is there and names the files
 * that are.
 *
 * @param archive the `.7z`
 * @param parquet the runs
 * @param sources how many samples each source has given
 */
data class ArchiveDescription(
    val content: SealedContent,
    val coverage: DayStatus.Coverage,
    val sources: Map<String, Int>,
    val archive: NamedFile,
    val parquet: NamedFile,
) {
    val day: Day get() = content.day

    fun json(): String = PRETTY.encodeToString(
        JsonObject.serializer(),
        buildJsonObject {
            put("format", FORMAT)
            put("program", "TwitchActors $VERSION")
            put("day", day.toString())
            put("revision", content.revision)
            put("digest", content.digest)
            put("viewers", content.viewers)
            put("pairs", content.pairs)
            put("sightings", content.sightings)
            putJsonObject("coverage") {
                put("slots_expected", coverage.slotsExpected)
                put("slots_seen", coverage.slotsSeen)
                put("samples_expected", coverage.samplesExpected)
                put("samples_seen", coverage.samplesSeen)
                put("gaps", coverage.gaps)
            }
            putJsonObject("sources") { sources.forEach { (source, samples) -> put(source, samples) } }
            put("archive", archive.json())
            put("parquet", parquet.json())
            putJsonObject("dictionary") { DICTIONARY.forEach { (name, meaning) -> put(name, meaning) } }
        },
    ) + "\n"

    companion object {
        private const val FORMAT = 1
        private val PRETTY = Json { prettyPrint = true }

        /** As the jar says; classes alone say nothing. */
        private val VERSION: String =
            ArchiveDescription::class.java.getResourceAsStream("/META-INF/maven/twitchactors/archiver/pom.properties")
                ?.use { stream -> java.util.Properties().apply { load(stream) }.getProperty("version") }
                ?: "of classes"

        private val DICTIONARY = mapOf(
            "viewer" to "the login of an account that was seen in a chat, which is no proof that somebody watched",
            "streamer" to "the login of the channel in whose chat",
            "samples" to "in how many slots of 5 minutes (0 is 00:00 UTC) the account was seen there",
            "minutes" to "samples x ${Slot.MINUTES}",
            "first_slot" to "the first such slot, 0 to 287",
            "last_slot" to "the last one",
            "rows" to "one for each viewer and streamer; row groups are of neighbouring viewers, and rows by streamer and slot within one",
            "runs" to "all such slots as runs of consecutive ones, first and last of each",
            "digest" to "SHA-256 of the lines viewer,streamer,slot of all sightings, sorted bytewise by viewer, streamer, then by slot",
            "coverage.samples_seen" to "(streamer, slot) with a list of names",
            "coverage.gaps" to "(streamer, slot) that were expected and have none",
            "sources" to "samples by where the names came from",
        )

        /** Null when [text] is no description that this version can read. */
        fun parse(text: String): ArchiveDescription? = try {
            read(Json.parseToJsonElement(text).jsonObject)
        } catch (_: SerializationException) {
            null
        } catch (_: IllegalArgumentException) {
            null
        } catch (_: NoSuchElementException) {
            null
        }

        private fun read(json: JsonObject): ArchiveDescription {
            fun JsonObject.text(key: String) = getValue(key).jsonPrimitive.content
            fun JsonObject.number(key: String) = getValue(key).jsonPrimitive.long
            fun file(key: String) = NamedFile.parse(json.getValue(key).jsonObject)
            require(json.number("format") == FORMAT.toLong()) { "of another version" }
            val day = requireNotNull(Day.parse(json.text("day"))) { "no day" }
            val coverage = json.getValue("coverage").jsonObject
            return ArchiveDescription(
                SealedContent(
                    day,
                    json.getValue("revision").jsonPrimitive.int,
                    json.text("digest"),
                    json.number("viewers"),
                    json.number("pairs"),
                    json.number("sightings"),
                ),
                DayStatus.Coverage(
                    slotsSeen = coverage.number("slots_seen").toInt(),
                    slotsExpected = coverage.number("slots_expected").toInt(),
                    samplesSeen = coverage.number("samples_seen"),
                    samplesExpected = coverage.number("samples_expected"),
                    gaps = coverage.number("gaps"),
                ),
                json.getValue("sources").jsonObject.mapValues { it.value.jsonPrimitive.int },
                file("archive"),
                file("parquet"),
            )
        }
    }
}
