package twitchactors.archive

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import twitchactors.domain.BadInput
import java.nio.file.Path
import kotlin.io.path.createDirectory
import kotlin.io.path.writeText

class SampleFilesTest {
    @TempDir
    private lateinit var folder: Path

    private fun files(vararg names: String): SampleFiles {
        names.forEach { folder.resolve(it).writeText("{}") }
        return SampleFiles.of(folder)
    }

    @Test
    fun `a name says day and slot`() {
        fun slot(name: String) = SampleFileName.parse(name)!!.let { "${it.day} ${it.slot}" }
        assertEquals("1970-01-01 0", slot("0.json"))
        assertEquals("2022-08-01 0", slot("1659312000.json"))
        assertEquals("2022-08-01 0", slot("1659312299.json"))
        assertEquals("2022-08-01 1", slot("1659312300.json"))
        assertEquals("2022-08-01 287", slot("1659398399.json"))
        assertEquals("2022-08-02 0", slot("1659398400.json"))
        assertEquals("2022-08-01 1", slot("0000000000000000000000001659312300.json"))
        assertEquals("9999-12-31 287", slot("253402300799.json"))
    }

    @Test
    fun `a time after year 9999 is of no day`() {
        for (seconds in listOf("253402300800", "${Long.MAX_VALUE}", "9".repeat(40))) assertNull(SampleFileName.parse("$seconds.json")!!.day)
    }

    @Test
    fun `other names are none`() {
        val names = listOf(
            "", ".json", "1.JSON", "1.json ", " 1.json", "-1.json", "+1.json", "1e9.json", "1.5.json", "0x1.json", "1", "1.json.gz",
            "1.jsonl", "1_000.json", "١٢٣.json", "1\n.json", "1.json\n", "1xjson",
        )
        for (name in names) assertNull(SampleFileName.parse(name), name)
    }

    @Test
    fun `the day is the one that most files belong to, the earliest of equals`() {
        assertEquals("2022-08-02", files("1659312000.json", "1659398400.json", "1659398700.json", "253402300800.json").mainDay.toString())
        assertEquals("2022-08-01", files("1659312300.json").mainDay.toString())
        assertEquals(listOf("2022-08-01", "2022-08-02"), files().days.map { it.toString() })
    }

    @Test
    fun `files come in the order of their times`() {
        assertEquals(listOf("300.json", "900.json", "1200.json"), files("1200.json", "900.json", "300.json").files.map { it.name.name })
    }

    @Test
    fun `a folder that is missing, is none or holds no sample file is refused by name`() {
        val notes = folder.resolve("notes.txt").apply { writeText("x") }
        folder.resolve("deeper").createDirectory().resolve("300.json").writeText("{}")
        for (source in listOf(folder, folder.resolve("missing"), notes)) {
            val refused = assertThrows(BadInput::class.java) { SampleFiles.of(source) }
            assertTrue(source.toString() in refused.message!!)
        }
    }
}
