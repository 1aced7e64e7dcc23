package twitchactors.pipeline

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import kotlin.io.path.writeText

/** What is published of a day's audience is what the independent checker makes of the same files, also when some of them come late. */
class AudienceIT {
    @Test
    fun `figures and overlaps of a day that came in two parts are those of the checker`(@TempDir folder: Path) {
        val day = RecordedDay(folder, "2022-08-01", seed = 31, viewers = 1500, streamers = 25)
        val data = Data(folder.resolve("data"))
        try {
            val (first, second) = day.parts(2)
            data.replay(second, day.date)
            data.replay(first, day.date)
            val printed = Program.run("audience", day.date, "--data", data.path, "--json").out
            val document = folder.resolve("audience.json").also { it.writeText(printed) }
            val (exit, said) = checker("compare", day.source, "--day", day.date, "--document", document)
            assertEquals(0, exit, said)
            val json = Json.parseToJsonElement(printed).jsonObject
            assertEquals(2, json.getValue("revision").jsonPrimitive.int)
            assertTrue(json.getValue("overlaps").jsonArray.size > 100)
        } finally {
            data.clear()
        }
    }

    private fun checker(vararg arguments: Any): Pair<Int, String> {
        val program = Program.root.resolve("tests/checker/audience.py")
        val process = ProcessBuilder(listOf("python3", "$program") + arguments.map { "$it" }).redirectErrorStream(true).start()
        val said = process.inputStream.bufferedReader().readText()
        check(process.waitFor(1, TimeUnit.MINUTES)) { "the checker does not end" }
        return process.exitValue() to said
    }
}
