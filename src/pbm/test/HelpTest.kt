package twitchactors.pbm

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

class HelpTest {
    private fun help(vararg words: String, palettes: List<Palette> = Example.palettes) =
        Help(palettes).about(words.toList()).joinToString("\n")

    @Test
    fun `help on a command follows from its palette`() {
        assertEquals(
            """
            Usage: cluster down -a ADDRESS

            Shuts a node out.

              -a, --address  of the node; one, two

            It asks before it does anything; --yes answers.

            Examples:
              cluster down -a one
            """.trimIndent(),
            help("cluster", "down"),
        )
        assertEquals(
            """
            Usage: log find [-d DEPTH] [--all]

            Finds lines.

              -d, --depth  how many levels (default 4)
              --all        all of them
            """.trimIndent(),
            help("log", "find"),
        )
    }

    @Test
    fun `help on a palette lists its commands, and that on all every palette`() {
        assertEquals(
            """
            cluster: the nodes
              cluster show             Lists all nodes
              cluster down -a ADDRESS  Shuts a node out
              cluster tail             Tells of changes
            """.trimIndent(),
            help("cluster"),
        )
        val all = help().lines()
        for (line in listOf("cluster: the nodes", "log: the log", "viewer: a viewer", "uptime: since when")) {
            assertEquals(
                1,
                all.count {
                    it ==
                        line
                },
                line,
            )
        }
    }

    @Test
    fun `palettes that were sent as JSON say the same`() {
        val sent = PaletteJson.read(PaletteJson.write(Example.palettes))
        for (palette in Example.palettes) {
            for (command in palette.commands) {
                val words = listOf(palette.name, command.name).filter { it.isNotEmpty() }.toTypedArray()
                assertEquals(help(*words), help(*words, palettes = sent))
            }
        }
        assertEquals(listOf("login"), sent[2].commands.single().arguments.filter { it.isPersonal }.map { it.name })
    }
}
