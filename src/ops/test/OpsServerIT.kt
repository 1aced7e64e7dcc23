package twitchactors.ops

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
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
import twitchactors.services.ServiceUnavailable
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
    private val questions = ArrayList<String>()
    private var isReady = true

    private val palette = OpsPalette(
        "try",
        "tries",
        listOf(
            OpsCommand(PaletteCommand("well", "Does well.", listOf(PaletteArgument("what", "it", default = "all")))) { asked, replies ->
                replies.news("begins")
                Answer.said("did ${asked.value("what")}", "n" to JsonPrimitive(1))
            },
            OpsCommand(SURE, defaults = mapOf("what" to { "this" })) { _, _ -> Answer.said("sure").also { done += "sure" } },
            OpsCommand(PaletteCommand("wrong", "Finds a fault.")) { _, _ ->
                Answer(listOf("a fault"), JsonObject(emptyMap()), Outcome.DATA_WRONG)
            },
            OpsCommand(PaletteCommand("on", "Goes on.", goesOn = true)) { _, replies ->
                replies.next(Answer.said("one"))
                while (replies.isOpen) Pause.brief()
                ended.countDown()
                Answer.said("two")
            },
            OpsCommand(PaletteCommand("bad", "Refuses.")) { _, _ -> throw BadInput("no such thing") },
            OpsCommand(PaletteCommand("silent", "Has nobody to ask.")) { _, _ -> throw ServiceUnavailable("nobody answers") },
            OpsCommand(PaletteCommand("broken", "Fails.")) { _, _ -> error("what it was about") },
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

    private class Reply(val outcome: Outcome, val out: String, val err: String)

    private fun run(vararg words: String, json: Boolean = false, yes: Boolean = false, answers: Boolean? = null): Reply {
        val node = node()
        val out = ByteArrayOutputStream()
        val err = ByteArrayOutputStream()
        val ask = answers?.let { { question: String -> it.also { questions += question } } }
        val stderr = System.err
        System.setErr(PrintStream(err, true))
        try {
            val outcome = PrintStream(out).use { Session(node, node.palettes(), json, yes, it, ask).run(words.toList()) }
            return Reply(outcome, out.toString(), err.toString())
        } finally {
            System.setErr(stderr)
        }
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
        run("try", "sure").let {
            assertEquals(Outcome.BAD_INPUT, it.outcome)
            assertTrue("Is this to be done now?" in it.err && "--yes" in it.err, it.err)
        }
        assertEquals(Outcome.BAD_INPUT, run("try", "sure", answers = false).outcome)
        assertEquals(emptyList<String>(), done)
        assertEquals(listOf("Is this to be done now?"), questions)
        assertEquals("sure\n", run("try", "sure", answers = true).out)
        assertEquals("sure\n", run("try", "sure", "--yes").out)
    }

    @Test
    fun `what a person is asked says what the command will take`() {
        run("try", "sure", "that", answers = false)
        assertEquals(listOf("Is that to be done now?"), questions)
        assertTrue("(default this)" in run("help", "try", "sure").out)
    }

    @Test
    fun `who asks for JSON gets one document also of what goes wrong, and the same exit code`() {
        val wrongs = mapOf(
            listOf("try", "bad") to ("bad_input" to "no such thing"),
            listOf("try", "silent") to ("no_service" to "nobody answers"),
            listOf("try", "broken") to ("failed_midway" to "what it was about"),
            listOf("try", "well", "it", "too") to ("bad_input" to "try well does not take 'too'; see help try well"),
            listOf("try", "sure") to
                ("bad_input" to "try sure asks first, \"Is this to be done now?\", and there is nobody to ask: add --yes"),
        )
        for ((words, said) in wrongs) {
            val text = run(*words.toTypedArray())
            assertEquals("", text.out)
            assertTrue(said.second in text.err, text.err)
            for (reply in listOf(run(*words.toTypedArray(), json = true), run(*words.toTypedArray(), "--json"))) {
                assertEquals(text.outcome, reply.outcome)
                assertEquals(said.first, reply.outcome.name.lowercase())
                val document = Json.parseToJsonElement(reply.out).jsonObject
                assertEquals(said, document.getValue("error").jsonPrimitive.content to document.getValue("message").jsonPrimitive.content)
                // A log may stand before.
                assertEquals(text.err.trim().lines().last(), reply.err.trim().lines().last())
            }
        }
        // A fault that was found is an answer.
        assertEquals("{}\n", run("try", "wrong", json = true).out)
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
        val reasons = mapOf(null to "wants its token, and there is none here", "wrong" to "has another token than that of a file")
        for ((token, why) in reasons) {
            val node = Node(server.address, token, "that of a file")
            val refused = listOf(
                assertThrows(NoNode::class.java) { node.palettes() },
                assertThrows(NoNode::class.java) { node.run(listOf("try", "well"), json = false, yes = false) {} },
            )
            for (refusal in refused) {
                assertEquals(Outcome.BAD_INPUT, refusal.outcome)
                assertTrue(why in refusal.message.orEmpty() && "--token-file" in refusal.message.orEmpty(), refusal.message)
            }
        }
        assertEquals(emptyList<String>(), audited)
        assertTrue("needed" in get("/pbm/palettes").second)
        assertTrue("not the token" in get("/pbm/palettes", "Authorization" to "Bearer wrong").second)
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
        val SURE = PaletteCommand("sure", "Asks first.", listOf(PaletteArgument("what", "it")), question = "Is {what} to be done now?")
    }
}
