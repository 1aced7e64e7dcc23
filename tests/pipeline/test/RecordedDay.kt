package twitchactors.pipeline

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.createDirectory
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name

/** A small irregular day below [folder], simulated from [seed]. */
class RecordedDay(private val folder: Path, val date: String, seed: Int, viewers: Int = 2000, streamers: Int = 15) {
    /** Its files. */
    val source: Path = folder.resolve("recorded-$date")

    /** What `restructure` says of it; its rows are in [expected]. */
    private val summary: JsonObject

    val digest: String get() = summary.getValue("digest").jsonPrimitive.content
    val samples: Long get() = summary.getValue("samples").jsonPrimitive.long

    init {
        val size = listOf<Any>("--viewers", viewers, "--streamers", streamers, "--seed", seed)
        Program.run("simulate-day", "--out", source, "--day", date, "--irregular", *size.toTypedArray())
        val ran = Program.run("restructure", source, "--day", date, "--out", folder.resolve("$date.csv"), "--json")
        summary = Json.parseToJsonElement(ran.out).jsonObject
    }

    /** What `restructure` makes of it; [format] is an extension. */
    fun expected(format: String = "csv"): Path = folder.resolve("$date.$format").also {
        if (Files.notExists(it)) Program.run("restructure", source, "--day", date, "--out", it)
    }

    private val files get() = source.listDirectoryEntries("*.json").filter { NAME.matches(it.name) }.sortedBy { it.name }

    /** Its files in [count] folders, in order. */
    fun parts(count: Int): List<Path> = files.chunked((files.size + count - 1) / count).mapIndexed { i, part ->
        folder.resolve("part-$date-${i + 1}-of-$count").createDirectory().also { to ->
            part.forEach { Files.createLink(to.resolve(it.name), it) }
        }
    }

    /** Gives each file of [part] a twin in the same slot. */
    fun double(part: Path) {
        for (file in part.listDirectoryEntries()) {
            val seconds = file.name.substringBefore('.').toLong()
            val slot = seconds / SLOT
            val twin =
                (slot * SLOT until (slot + 1) * SLOT).map { part.resolve("$it.json") }.firstOrNull { Files.notExists(it) } ?: continue
            Files.createLink(twin, file)
        }
    }

    private companion object {
        val NAME = Regex("[0-9]+\\.json")
        const val SLOT = 300L
    }
}
