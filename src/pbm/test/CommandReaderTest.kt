package twitchactors.pbm

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource

class CommandReaderTest {
    private val reader = CommandReader(Example.palettes)

    private fun read(line: String) = reader.read(line.split(' '))

    @ParameterizedTest
    @CsvSource("cluster down -a one", "cluster down --address one", "cluster down -a=one", "cluster down --address=one")
    fun `a value follows its switch, or an equals sign`(line: String) {
        assertEquals("one", read(line).value("address"))
    }

    @Test
    fun `places take words in their order, and may stay empty`() {
        val both = read("log level ROOT INFO")
        assertEquals(listOf("ROOT", "INFO"), listOf(both.value("logger"), both.value("level")))
        assertNull(read("log level ROOT").optional("level"))
    }

    @Test
    fun `defaults count where nothing is given, and flags are off`() {
        val plain = read("log find")
        assertEquals("4", plain.value("depth"))
        assertFalse(plain.has("all"))
        val given = read("log find --all -d 2")
        assertEquals("2", given.value("depth"))
        assertTrue(given.has("all"))
    }

    @Test
    fun `a palette of one command needs no second word`() {
        assertEquals("uptime", read("uptime").name)
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = [
            "frob|there is no command 'frob'; there are cluster, log, viewer, uptime; see help",
            "cluster|cluster what? show, down, tail; see help cluster",
            "cluster frob|cluster has no command 'frob'; there are show, down, tail; see help cluster",
            "cluster down|cluster down needs -a ADDRESS: of the node; see help cluster down",
            "cluster down -a|-a needs a value: of the node; see help cluster down",
            "cluster down -x 1|cluster down has no option '-x'; see help cluster down",
            "cluster show all|cluster show does not take 'all'; see help cluster show",
            "log find --all=yes|--all takes no value; see help log find",
            "uptime now|uptime does not take 'now'; see help uptime",
        ],
    )
    fun `what cannot be done is refused in words that help`(line: String, message: String) {
        assertEquals(message, assertThrows(WrongCommand::class.java) { read(line) }.message)
    }

    @Test
    fun `a question says what is meant`() {
        assertEquals("Is one to go?", read("cluster down -a one").question)
        assertNull(read("cluster show").question)
    }

    @Test
    fun `what is written down names no viewer`() {
        val asked = read("viewer show somebody")
        assertEquals("", asked.publicWords)
        assertEquals(listOf("somebody"), asked.viewers)
        assertEquals("depth=2 ".trim() + " --all", read("log find -d 2 --all").publicWords)
    }
}
