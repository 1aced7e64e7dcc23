package twitchactors.archive

import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.add
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray
import twitchactors.domain.Day

/**
 * What an archive of ours says of itself, in its entry [NAME].
 *
 * @param digest of the day that [files] fold to, 64 hexadecimal digits
 * @param files all sample files of the archive
 */
data class ArchiveManifest(val day: Day, val digest: String, val files: List<NamedFile>) {
    fun json(): String = buildJsonObject {
        put("day", day.toString())
        put("digest", digest)
        putJsonArray("files") {
            for (file in files) add(file.json())
        }
    }.toString()

    companion object {
        const val NAME = "manifest.json"

        /** Null when [text] is no manifest. */
        fun parse(text: String): ArchiveManifest? = try {
            val json = Json.parseToJsonElement(text).jsonObject
            ArchiveManifest(
                day = requireNotNull(Day.parse(json.getValue("day").jsonPrimitive.content)) { "no day" },
                digest = json.getValue("digest").jsonPrimitive.content,
                files = json.getValue("files").jsonArray.map { NamedFile.parse(it.jsonObject) },
            )
        } catch (_: SerializationException) {
            null
        } catch (_: IllegalArgumentException) {
            null
        } catch (_: NoSuchElementException) {
            null
        }
    }
}
