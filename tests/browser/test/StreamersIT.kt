package twitchactors.browser

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Order
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith
import org.junit.jupiter.api.io.TempDir
import twitchactors.pipeline.Program
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import kotlin.io.path.writeText

/** The pages of streamers show what the sample files of a collected day say, as an independent program reads them. */
@ExtendWith(Stage::class)
@Order(2)
internal class StreamersIT(private val demo: StartedDemo) {
    @Test
    fun `ranking, streamers and streams of a collected day are those of its sample files`(@TempDir folder: Path) {
        demo.settle()
        val ranking = document("streamers")
        val names = rows(ranking).map { it.getValue("streamer").jsonPrimitive.content }
        assertTrue(names.size > LEAST_STREAMERS, "$names")
        val pages = names.mapIndexed { at, name -> folder.resolve("streamer$at.json").also { it.writeText(document("streamers/$name")) } }
        val first = folder.resolve("ranking.json").also { it.writeText(ranking) }
        val samples = demo.data.path.resolve("samples/$DAY")
        val (exit, said) = checker(listOf("$samples", "--ranking", "$first", "--pages") + pages.map { "$it" })
        assertEquals(0, exit, said)
        assertTrue(said.trim().lines().last().substringBefore(' ').toInt() > LEAST_COMPARED, said)
    }

    private fun document(path: String): String {
        val reply = demo.caller.get("/api/v1/$path?period=custom&from=$DAY&to=$DAY", demo.session(demo.visitor))
        check(reply.status == 200) { "$reply" }
        return reply.text
    }

    private fun rows(ranking: String): List<JsonObject> = Json.parseToJsonElement(ranking).jsonObject.getValue("panels").jsonObject
        .getValue("streamers-ranking").jsonObject.getValue("rows").jsonArray.map { it.jsonObject }

    /** How the checker ends, and what it says. */
    private fun checker(arguments: List<String>): Pair<Int, String> {
        val program = Program.root.resolve("tests/checker/streamers.py")
        val process = ProcessBuilder(listOf("python3", "$program") + arguments).redirectErrorStream(true).start()
        val said = process.inputStream.bufferedReader().readText()
        check(process.waitFor(1, TimeUnit.MINUTES)) { "the checker does not end" }
        return process.exitValue() to said
    }

    private companion object {
        /** The sample files of the day before are in its archive. */
        val DAY = StartedDemo.DAYS[1]
        const val LEAST_STREAMERS = 15

        /** Far fewer than a day of so many streamers has. */
        const val LEAST_COMPARED = 10_000
    }
}
