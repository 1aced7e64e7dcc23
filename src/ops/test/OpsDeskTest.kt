package twitchactors.ops

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.domain.BadInput
import twitchactors.pbm.Outcome
import twitchactors.pbm.PaletteArgument
import twitchactors.pbm.PaletteCommand
import twitchactors.services.ServiceUnavailable
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CountDownLatch
import java.util.concurrent.ExecutionException
import java.util.concurrent.TimeUnit

class OpsDeskTest {
    private val done = ArrayList<String>()
    private val audit = ArrayList<String>()
    private var auditFails = false
    private val heard = Heard()

    private fun command(name: String, question: String? = null, answer: () -> Answer) = OpsCommand(
        PaletteCommand(
            name,
            "Does $name.",
            listOf(
                PaletteArgument("what", "it", values = listOf("a")),
                PaletteArgument("who", "a viewer", listOf("-w"), isPersonal = true),
            ),
            question,
        ),
        mapOf("what" to { listOf("b") }, "who" to { error("unknown just now") }),
    ) { _, _ ->
        done += name
        answer()
    }

    private val desk = OpsDesk(
        listOf(
            OpsPalette(
                "try",
                "tries",
                listOf(
                    command("well") { Answer.said("done") },
                    command("sure", question = "Go on?") { Answer.said("done") },
                    command("bad") { throw BadInput("no such thing") },
                    command("silent") { throw ExecutionException(ServiceUnavailable("nobody answers")) },
                    command("broken") { error("what it was about\nand more") },
                ),
            ),
        ),
    ) { audited ->
        if (auditFails) error("no database")
        audit += "${audited.who} ${audited.command.name} ${audited.command.publicWords} ${audited.outcome?.code}"
    }

    private fun run(vararg words: String, yes: Boolean = false) = desk.run(words.toList(), yes, "me", heard)

    @Test
    fun `a command is audited before it is done and with how it ended, and names no viewer there`() {
        assertEquals(Outcome.DONE, run("try", "well", "x", "-w", "somebody"))
        assertEquals(listOf("done"), heard.lines)
        assertEquals(listOf("me try well what=x null", "me try well what=x 0"), audit)
    }

    @Test
    fun `failures are told by their exit code, in one line`() {
        assertEquals(Outcome.BAD_INPUT, run("try", "bad"))
        assertEquals(Outcome.NO_SERVICE, run("try", "silent"))
        assertEquals(Outcome.FAILED_MIDWAY, run("try", "broken"))
        assertEquals(listOf("no such thing", "nobody answers", "what it was about"), heard.news)
        assertEquals(listOf("2", "3", "5"), audit.map { it.substringAfterLast(' ') }.filter { it != "null" })
    }

    @Test
    fun `what asks first is only done for one who is sure`() {
        assertEquals(Outcome.BAD_INPUT, run("try", "sure"))
        assertTrue(done.isEmpty() && audit.isEmpty())
        assertEquals(Outcome.DONE, run("try", "sure", yes = true))
        assertEquals(listOf("sure"), done)
    }

    @Test
    fun `without an audit nothing is done that asks first, and all else is`() {
        auditFails = true
        assertEquals(Outcome.NO_SERVICE, run("try", "sure", yes = true))
        assertEquals(emptyList<String>(), done)
        assertEquals(Outcome.DONE, run("try", "well"))
        assertEquals(listOf("well"), done)
    }

    @Test
    fun `words that are no command are neither done nor audited`() {
        assertEquals(Outcome.BAD_INPUT, run("try", "frob"))
        assertTrue(audit.isEmpty())
        assertTrue(heard.news.single().startsWith("try has no command 'frob'"), "${heard.news}")
    }

    @Test
    fun `values are offered as they are just now`() {
        val arguments = desk.palettes(offering = true).single().commands.first().arguments
        assertEquals(listOf(listOf("b"), emptyList()), arguments.map { it.values })
        assertEquals(
            listOf(listOf("a"), emptyList()),
            desk.palettes(offering = false).single().commands.first().arguments.map {
                it.values
            },
        )
    }

    @Test
    fun `what is taken where nothing is given is described as it is just now, and left out where it is not known`() {
        var taken: String? = "this"
        val about = PaletteCommand("it", "Does it.", listOf(PaletteArgument("what", "it", listOf("-w"))))
        val command = OpsCommand(about, defaults = mapOf("what" to { checkNotNull(taken) })) { asked, _ ->
            Answer.said("did ${asked.optional("what")}")
        }
        val desk = OpsDesk(listOf(OpsPalette("try", "tries", listOf(command)))) {}
        fun described() = desk.palettes(offering = false).single().commands.single().arguments.single().default
        assertEquals("this", described())
        taken = "that"
        assertEquals("that", described())
        taken = null
        assertEquals(null, described())
        // The command itself knows best.
        desk.run(listOf("try", "it"), yes = false, "me", heard)
        assertEquals(listOf("did null"), heard.lines)
    }

    @Test
    fun `who does not answer what may be offered holds up nothing`() {
        val silent = CountDownLatch(1)
        val about = PaletteCommand("it", "Does it.", listOf(PaletteArgument("what", "it")))
        val command = OpsCommand(about, mapOf("what" to { emptyList<String>().also { silent.await() } })) { _, _ -> Answer.said("done") }
        val described = CompletableFuture.supplyAsync {
            OpsDesk(listOf(OpsPalette("try", "tries", listOf(command)))) {}.palettes(offering = true)
        }
        assertEquals(listOf("it"), described.get(WAIT_SECONDS, TimeUnit.SECONDS).single().commands.map { it.name })
        silent.countDown()
    }

    private companion object {
        const val WAIT_SECONDS = 60L
    }
}
