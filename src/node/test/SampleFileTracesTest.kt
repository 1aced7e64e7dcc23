package twitchactors.node

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import twitchactors.domain.Login
import java.nio.file.Path
import kotlin.io.path.createDirectories
import kotlin.io.path.name
import kotlin.io.path.writeText

class SampleFileTracesTest {
    @Test
    fun `a chatter is found wherever in a list, a streamer or a part of a name is not`(@TempDir folder: Path) {
        val day = folder.resolve("2022-08-01").createDirectories()
        val lists = mapOf(
            "1" to """{"zerator":{"chatters":["anna","somebody"]}}""",
            "2" to """{"zerator":{"chatters":["somebody","zoe"]}}""",
            "3" to """{"somebody":{"chatters":["anna","somebody_else","not_somebody"]}}""",
            "4" to """{"zerator":{"chatters":["somebody"]}}""",
            "5" to """{}""",
        )
        for ((name, text) in lists) day.resolve("$name.json").writeText(text)
        assertEquals(listOf("1.json", "2.json", "4.json"), SampleFileTraces.of(folder, Login.require("somebody")).map { it.name })
        assertEquals(emptyList<Path>(), SampleFileTraces.of(folder.resolve("none"), Login.require("somebody")))
    }
}
