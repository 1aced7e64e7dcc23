package twitchactors.ops

import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import twitchactors.domain.BadInput
import twitchactors.pbm.NoNode
import twitchactors.pbm.Node
import twitchactors.pbm.NodeFiles
import twitchactors.pbm.Outcome
import twitchactors.pbm.PaletteArgument
import twitchactors.pbm.PaletteCommand
import twitchactors.pbm.ReplyPart
import twitchactors.pbm.Session
import twitchactors.pbm.WrongCommand
import java.io.ByteArrayOutputStream
import java.io.PrintStream
import java.net.HttpURLConnection
import java.net.URI
import java.nio.file.Path
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit

/** The client and the port of a node, with commands that are made up. */
class OpsServerIT {
    private lateinit var files: NodeFiles
    private lateinit var server: OpsServer
    private val ended = CountDownLatch(1)
    private val done = ArrayList<String>()
    private val audited = ArrayList<String>()
    private var isReady = true

    private val palette = OpsPalette(
        "try",
        "tries",
        listOf(
            OpsCommand(PaletteCommand("well", "Does well.", listOf(PaletteArgument("what", "it", default = "all")))) { asked, replies ->
                replies.news("begins")
                Answer.said("did ${asked.value("what")}", "n" to JsonPrimitive(1))
            },
            OpsCommand(PaletteCommand("sure", "Asks first.", question = "Go on?")) { _, _ -> Answer.said("sure").also { done += "sure" } },
            OpsCommand(PaletteCommand("wrong", "Finds a fault.")) { _, _ ->
                Answer(listOf("a fault"), JsonObject(emptyMap()), Outcome.DATA_WRONG)
            },
            OpsCommand(PaletteCommand("on", "Goes on.", goesOn = true)) { _, replies ->
                replies.next(Answer.said("one"))
                while (replies.isOpen) Pause.brief()
                ended.countDown()
                Answer.said("two")
            },
        ),
    )

    @BeforeEach
    fun start(@TempDir data: Path) {
        files = NodeFiles(data)
        val desk = OpsDesk(listOf(palette)) { audited += "${it.who} ${it.command.name} ${it.outcome}" }
        val outside = OpsServer.Outside({ "a_metric 1\n" }) { isReady to JsonObject(mapOf("ready" to JsonPrimitive(isReady))) }
        server = OpsServer.start(OpsSettings(port = 0, commandsAtOnce = 2), files, desk, outside) {}
    }

    @AfterEach
    fun stop() = server.stop()

    private fun node(token: String? = files.readToken()) = Node(server.address, token)

    private class Reply(val outcome: Outcome, val out: String)

    private fun run(vararg words: String, json: Boolean = false, yes: Boolean = false, answers: Boolean? = null): Reply {
        val node = node()
        val out = ByteArrayOutputStream()
        val ask = answers?.let { { _: String -> it } }
        val outcome = PrintStream(out).use { Session(node, node.palettes(), json, yes, it, ask).run(words.toList()) }
        return Reply(outcome, out.toString())
    }

    @Test
    fun `a command is asked for, done and answered`() {
        run("try", "well").let {
            assertEquals(Outcome.DONE, it.outcome)
            assertEquals("did all\n", it.out)
        }
        assertEquals("""{"said":"did it","n":1}""" + "\n", run("try", "well", "it", json = true).out)
        assertEquals("""{"said":"did it","n":1}""" + "\n", run("try", "well", "it", "--json").out)
        assertEquals(Outcome.DATA_WRONG, run("try", "wrong").outcome)
        assertTrue(audited.first().matches(Regex(".+@127\\.0\\.0\\.1 try well null")), "$audited")
    }

    @Test
    fun `a person is asked first, and where there is none nothing is done`() {
        assertThrows(WrongCommand::class.java) { run("try", "sure") }
        assertThrows(WrongCommand::class.java) { run("try", "sure", answers = false) }
        assertEquals(emptyList<String>(), done)
        assertEquals("sure\n", run("try", "sure", answers = true).out)
        assertEquals("sure\n", run("try", "sure", "--yes").out)
    }

    @Test
    fun `help comes from the node`() {
        assertTrue("Usage: try well [WHAT]" in run("try", "well", "--help").out)
        assertTrue("try: tries" in run("help").out)
    }

    @Test
    fun `what goes on ends when nobody listens any more`() {
        val node = node()
        val first = CompletableFuture<ReplyPart>()
        val outcome = CompletableFuture.supplyAsync { node.run(listOf("try", "on"), json = false, yes = false) { first.complete(it) } }
        assertEquals(ReplyPart.Line("one"), first.get(WAIT, TimeUnit.SECONDS))
        node.giveUp()
        assertEquals(Outcome.INTERRUPTED, outcome.get(WAIT, TimeUnit.SECONDS))
        assertTrue(ended.await(WAIT, TimeUnit.SECONDS))
    }

    @Test
    fun `what goes on is answered to its end when the node ends`() {
        val parts = ArrayList<ReplyPart>()
        val first = CountDownLatch(1)
        val outcome = CompletableFuture.supplyAsync {
            node().run(listOf("try", "on"), json = false, yes = false) {
                parts += it
                first.countDown()
            }
        }
        assertTrue(first.await(WAIT, TimeUnit.SECONDS))
        server.stop()
        assertEquals(Outcome.DONE, outcome.get(WAIT, TimeUnit.SECONDS))
        assertEquals(listOf("one", "two"), parts.map { (it as ReplyPart.Line).text })
        assertEquals(null, files.readAddress())
    }

    @Test
    fun `strangers are told nothing`() {
        for (token in listOf(null, "wrong")) {
            assertEquals(Outcome.BAD_INPUT, assertThrows(NoNode::class.java) { node(token).palettes() }.outcome)
            val refused = assertThrows(NoNode::class.java) { node(token).run(listOf("try", "well"), json = false, yes = false) {} }
            assertEquals(Outcome.BAD_INPUT, refused.outcome)
        }
        assertEquals(emptyList<String>(), audited)
    }

    @Test
    fun `metrics are for this machine and for those with the token, and not for whom a proxy asks`() {
        assertEquals(200 to "a_metric 1\n", get("/metrics"))
        val forwarded = arrayOf("X-Forwarded-For" to "10.0.0.9")
        assertEquals(401, get("/metrics", *forwarded).first)
        assertEquals(200, get("/metrics", *forwarded, "Authorization" to "Bearer ${files.readToken()}").first)
    }

    @Test
    fun `health is open to all, and its status says whether the node is ready`() {
        assertEquals(200 to """{"live":true}""", get("/health/live"))
        assertEquals(200 to """{"ready":true}""", get("/health/ready"))
        isReady = false
        assertEquals(503 to """{"ready":false}""", get("/health/ready"))
        assertEquals(404, get("/health").first)
        assertEquals(404, get("/metrics/x").first)
    }

    @Test
    fun `no more commands are done at once than the settings say`() {
        val going = List(2) {
            val node = node()
            val first = CompletableFuture<ReplyPart>()
            CompletableFuture.runAsync { node.run(listOf("try", "on"), json = false, yes = false) { first.complete(it) } }
            first.get(WAIT, TimeUnit.SECONDS)
            node
        }
        val refused = assertThrows(NoNode::class.java) { node().run(listOf("try", "well"), json = false, yes = false) {} }
        assertTrue("too many commands" in refused.message.orEmpty(), refused.message)
        going.forEach { it.giveUp() }
    }

    @Test
    fun `a taken port is replaced by a free one, or refused`(@TempDir other: Path) {
        val port = server.address.substringAfterLast(':').toInt()
        val outside = OpsServer.Outside({ "" }) { true to JsonObject(emptyMap()) }
        val news = ArrayList<String>()
        val second = OpsServer.start(OpsSettings(port = port), NodeFiles(other), OpsDesk(emptyList()) {}, outside, news::add)
        second.stop()
        assertTrue(news.single().startsWith("port $port is taken"), "$news")
        assertFalse(second.address == server.address)
        assertThrows(BadInput::class.java) {
            OpsServer.start(
                OpsSettings(port = port, otherPortWhenTaken = false),
                NodeFiles(other),
                OpsDesk(emptyList()) {
                },
                outside,
                news::add,
            )
        }
    }

    private fun get(path: String, vararg headers: Pair<String, String>): Pair<Int, String> {
        val connection = URI("http://${server.address}$path").toURL().openConnection() as HttpURLConnection
        headers.forEach { (name, value) -> connection.setRequestProperty(name, value) }
        val status = connection.responseCode
        return status to (if (status < 400) connection.inputStream else connection.errorStream).reader().readText()
    }

    private companion object {
        const val WAIT = 30L
    }
}
