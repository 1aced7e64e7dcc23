package twitchactors.pbm

import java.io.FileOutputStream
import java.io.IOException
import java.io.PrintStream

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
    /**
     * Does what [words] say, which may be `help`; the reply goes to [file] when one is named. What cannot be done is told, not thrown; who
     * asks for JSON gets a document in any case.
     */
    fun run(words: List<String>, file: String? = null): Outcome {
        val isJson = json || JSON in words
        val target = try {
            file?.let { PrintStream(FileOutputStream(it), false, Charsets.UTF_8) }
        } catch (failure: IOException) {
            return Complaint("$file cannot be written: ${failure.message}", Outcome.BAD_INPUT).say(isJson)
        }
        if (target == null) return run(words, isJson, out)
        return target.use { run(words, isJson, it) }
    }

    private fun run(words: List<String>, isJson: Boolean, out: PrintStream): Outcome = try {
        when {
            words.first() == "help" -> help(words.drop(1), out)
            words.last() == "--help" || words.last() == "-h" -> help(words.dropLast(1), out)
            else -> ask(words, isJson, out)
        }
    } catch (wrong: WrongCommand) {
        Complaint.of(wrong).say(isJson, out)
    } catch (silent: NoNode) {
        Complaint.of(silent).say(isJson, out)
    }

    private fun ask(words: List<String>, isJson: Boolean, out: PrintStream): Outcome {
        val own = words - OWN
        val asked = CommandReader(palettes).read(own)
        val isSure = yes || YES in words
        asked.question?.let { question -> if (!isSure) confirm(asked, question) }
        val reply = Reply(out, asked.command.goesOn)
        val outcome = try {
            node.run(own, isJson, yes = true, reply::take)
        } catch (silent: NoNode) {
            return Complaint.of(silent).say(isJson && !reply.isWhole, out)
        }
        if (isJson && outcome in FAILED && !reply.isWhole) out.println(Complaint(reply.news, outcome).document())
        out.flush()
        return outcome
    }

    /** What has come so far of a reply that goes to [out]. */
    private class Reply(private val out: PrintStream, private val goesOn: Boolean) {
        /** Whether the document that there is to be has come. */
        var isWhole = false
            private set

        /** The last of them. */
        var news = ""
            private set

        fun take(part: ReplyPart) = when (part) {
            is ReplyPart.Line -> {
                isWhole = !goesOn
                out.println(part.text)
                if (goesOn) out.flush() else Unit
            }
            is ReplyPart.News -> {
                news = part.text
                System.err.println(part.text)
            }
            is ReplyPart.End -> Unit
        }
    }

    /** Gives up the reply that is being read. */
    fun giveUp() = node.giveUp()

    private fun help(words: List<String>, out: PrintStream): Outcome {
        Help(palettes).about(words).forEach(out::println)
        return Outcome.DONE
    }

    private fun confirm(asked: AskedCommand, question: String) {
        val ask = ask ?: throw WrongCommand("${asked.name} asks first, \"$question\", and there is nobody to ask: add --yes")
        if (!ask(question)) throw WrongCommand("nothing was done")
    }

    companion object {
        private const val YES = "--yes"
        private const val JSON = "--json"
        private val OWN = setOf(YES, JSON)

        /** The node has said why; there is no other document. */
        private val FAILED = setOf(Outcome.BAD_INPUT, Outcome.NO_SERVICE, Outcome.FAILED_MIDWAY)

        /** Asks on the terminal, if there is one. */
        private fun consoleQuestion(): ((String) -> Boolean)? = System.console()?.let { console ->
            { question -> console.readLine("%s [y/N] ", question)?.trim()?.lowercase() in setOf("y", "yes") }
        }
    }
}
