package twitchactors.archive

import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long
import kotlinx.serialization.json.put
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.name

/** A file as a manifest or a description names it; [size] in bytes, [sha256] in hexadecimal. */
data class NamedFile(val name: String, val size: Long, val sha256: String) {
    fun json(): JsonObject = buildJsonObject {
        put("name", name)
        put("size", size)
        put("sha256", sha256)
    }

    companion object {
        /** What [file] is now. */
        fun of(file: Path): NamedFile = NamedFile(file.name, Files.size(file), Sha256.of(file))

        /** @throws IllegalArgumentException or NoSuchElementException when [json] names no file */
        fun parse(json: JsonObject): NamedFile = NamedFile(
            json.getValue("name").jsonPrimitive.content,
            json.getValue("size").jsonPrimitive.long,
            json.getValue("sha256").jsonPrimitive.content,
        )
    }
}
