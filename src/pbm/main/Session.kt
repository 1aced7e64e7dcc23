package twitchactors.pbm

import java.io.PrintStream
import java.nio.file.Path

/**
 * Commands that are asked of one node, one after the other.
 *
 * @param ask puts a question to the person there is; null: there is nobody to ask
 */
class Session(
    private val node: Node,
    private val palettes: List<Palette>,
    private val json: Boolean,
    private val yes: Boolean,
    private val out: PrintStream = System.out,
    private val ask: ((String) -> Boolean)? = consoleQuestion(),
) {
    /** Does what [words] say, which may be `help`; the reply goes to [file] when one is named. */
    fun run(words: List<String>, file: String? = null): Outcome {
        if (file == null) return run(words, out)
        return PrintStream(Path.of(file).toFile(), Charsets.UTF_8).use { run(words, it) }
    }

    private fun run(words: List<String>, out: PrintStream): Outcome {
        if (words.first() == "help") return help(words.drop(1), out)
        if (words.last() == "--help" || words.last() == "-h") return help(words.dropLast(1), out)
        val own = words - OWN
        val asked = CommandReader(palettes).read(own)
        val isSure = yes || YES in words
        asked.command.question?.let { question -> if (!isSure) confirm(asked, question) }
        val outcome = node.run(own, json || JSON in words, yes = true) { part ->
            when (part) {
                is ReplyPart.Line -> {
                    out.println(part.text)
                    if (asked.command.goesOn) out.flush()
                }
                is ReplyPart.News -> System.err.println(part.text)
                is ReplyPart.End -> Unit
            }
        }
        out.flush()
        return outcome
    }

    /** Gives up the reply that is being read. */
    fun giveUp() = node.giveUp()

    private fun help(words: List<String>, out: PrintStream): Outcome {
        Help(palettes).about(words).forEach(out::println)
        return Outcome.DONE
    }

    private fun confirm(asked: AskedCommand, question: String) {
        val ask = ask ?: throw WrongCommand("${asked.name} asks first, and there is nobody to ask: add --yes")
        if (!ask(question)) throw WrongCommand("nothing was done")
    }

    companion object {
        private const val YES = "--yes"
        private const val JSON = "--json"
        private val OWN = setOf(YES, JSON)

        /** Asks on the terminal, if there is one. */
        private fun consoleQuestion(): ((String) -> Boolean)? = System.console()?.let { console ->
            { question -> console.readLine("%s [y/N] ", question)?.trim()?.lowercase() in setOf("y", "yes") }
        }
    }
}
