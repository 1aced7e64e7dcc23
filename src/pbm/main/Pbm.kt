package twitchactors.pbm

import java.nio.file.Files
import java.util.concurrent.CompletableFuture
import java.util.concurrent.ExecutionException
import java.util.concurrent.TimeUnit
import java.util.concurrent.TimeoutException
import kotlin.io.path.isDirectory
import kotlin.io.path.readText
import kotlin.system.exitProcess

/** The client: one command and its reply, or the prompt. */
object Pbm {
    private const val TOKEN = "TWITCHACTORS_OPS_TOKEN"
    private val USAGE = """
        Usage: pbm [HOST:PORT] [OPTIONS] [COMMAND]

        Asks a running node, by default the one of the data folder here, else 127.0.0.1:9110. Without a command it gives a prompt with history
        and completion; lines on stdin are done one after the other, up to the first that fails. What can be asked comes from the node: 'pbm help'.

        Options:
          --data DIR         the data folder of the node, for its address and token (default data)
          --token-file FILE  a copy of the node's pbm.token; the variable TWITCHACTORS_OPS_TOKEN counts before
          --json             print one JSON document, also of what goes wrong; commands that go on print one a line
          --yes              do what would be asked for first
          --timeout S        seconds to wait for the reply at most
          -h, --help         show this message, and what the node can be asked; behind a command, help on it

        Exit codes: 0 done, 1 something is wrong with the data, 2 bad use and nothing changed, 3 no node or service answers,
        4 the timeout ran out, 5 failed midway, 130 ended by Ctrl-C.

        Examples:
          pbm cluster show
          pbm 127.0.0.1:9110 kafka lag --json
          pbm help streamer pause
          pbm
    """.trimIndent()

    /** What the command line [args] asks for; returns the exit code. */
    fun run(args: List<String>): Int {
        val isJson = ClientOptions.JSON in args
        val outcome = try {
            val options = ClientOptions.read(args)
            if (options.help && options.words.isEmpty()) help(options) else run(options)
        } catch (wrong: WrongCommand) {
            Complaint.of(wrong).say(isJson)
        } catch (silent: NoNode) {
            Complaint.of(silent).say(isJson)
        }
        return outcome.code
    }

    private fun run(options: ClientOptions): Outcome {
        val node = node(options)
        val palettes = node.palettes(offering = options.words.isEmpty())
        val session = Session(node, palettes, options.json, options.yes)
        val words = if (options.help) listOf("help") + options.words else options.words
        return when {
            words.isNotEmpty() -> within(options, node) { session.run(words) }
            System.console() == null -> script(session)
            else -> Prompt(session, palettes, node.address, options.data).run()
        }
    }

    private fun help(options: ClientOptions): Outcome {
        println(USAGE)
        println()
        try {
            Help(node(options).palettes()).about(emptyList()).forEach(::println)
        } catch (silent: NoNode) {
            println("What can be asked is told by the node, but ${silent.message}.")
        }
        return Outcome.DONE
    }

    private fun node(options: ClientOptions): Node {
        val files = NodeFiles(options.data)
        val address = options.address ?: files.readAddress() ?: defaultAddress(options)
        System.getenv(TOKEN)?.trim()?.ifEmpty { null }?.let { return Node(address, it, "that of the variable $TOKEN") }
        val file = options.tokenFile ?: return Node(address, files.readToken(), "that of ${files.token}")
        if (!Files.isReadable(file)) throw WrongCommand("--token-file $file cannot be read")
        return Node(address, file.readText().trim(), "that of $file")
    }

    /** Whoever names a folder means its node, and no other one that happens to listen here. */
    private fun defaultAddress(options: ClientOptions): String {
        if (!options.namesData) return ClientOptions.DEFAULT_ADDRESS
        if (!options.data.isDirectory()) throw WrongCommand("--data ${options.data}: there is no such folder")
        throw NoNode("no node runs on ${options.data}, for pbm.address is not there; start one, or name its HOST:PORT", Outcome.NO_SERVICE)
    }

    /** The lines of stdin; the first that fails is the last. */
    private fun script(session: Session): Outcome {
        for (line in generateSequence(::readlnOrNull)) {
            val typed = PromptLine.read(line)
            if (typed.words.isEmpty() || typed.words.first().startsWith("#")) continue
            if (typed.words.singleOrNull() in Prompt.ENDS) break
            val outcome = session.run(typed.words, typed.file)
            if (outcome != Outcome.DONE) return outcome
        }
        return Outcome.DONE
    }

    private fun within(options: ClientOptions, node: Node, work: () -> Outcome): Outcome {
        val seconds = options.timeoutSeconds ?: return work()
        val done = CompletableFuture.supplyAsync(work)
        return try {
            done.get(seconds, TimeUnit.SECONDS)
        } catch (_: TimeoutException) {
            node.giveUp()
            Complaint("no whole reply within $seconds s; the node may still be doing what it was asked for", Outcome.TIMED_OUT)
                .say(options.json)
        } catch (failed: ExecutionException) {
            throw failed.cause ?: failed
        }
    }
}

fun main(args: Array<String>) {
    val code = Pbm.run(args.toList())
    System.out.flush()
    exitProcess(code)
}
