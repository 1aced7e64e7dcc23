package twitchactors.pbm

import org.jline.reader.Candidate
import org.jline.reader.Completer
import org.jline.reader.EndOfFileException
import org.jline.reader.LineReader
import org.jline.reader.LineReaderBuilder
import org.jline.reader.ParsedLine
import org.jline.reader.UserInterruptException
import org.jline.reader.impl.history.DefaultHistory
import org.jline.terminal.Terminal
import org.jline.terminal.TerminalBuilder
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import java.time.Instant
import kotlin.io.path.isDirectory

/** The prompt: one command after the other, with history and completion; Ctrl-C ends a reply, `exit` or Ctrl-D the prompt. */
internal class Prompt(
    private val session: Session,
    private val palettes: List<Palette>,
    private val address: String,
    private val data: Path,
) {
    private val completion = Completion(palettes)

    fun run(): Outcome = TerminalBuilder.builder().system(true).build().use(::run)

    /** On [terminal], until its input ends or says so. */
    fun run(terminal: Terminal): Outcome {
        terminal.handle(Terminal.Signal.INT) { session.giveUp() }
        val reader = reader(terminal)
        terminal.writer().println("help tells what can be asked; Tab completes; exit, or Ctrl-D, ends this.")
        while (true) {
            val line = try {
                reader.readLine("[$address] pbm> ")
            } catch (_: UserInterruptException) {
                continue
            } catch (_: EndOfFileException) {
                break
            }
            if (line.trim() in ENDS) break
            answer(line)
        }
        return Outcome.DONE
    }

    private fun answer(line: String) {
        try {
            val typed = PromptLine.read(line)
            if (typed.words.isNotEmpty()) session.run(typed.words, typed.file)
        } catch (wrong: WrongCommand) {
            Complaint.of(wrong).say(json = false)
        }
    }

    private fun reader(terminal: Terminal): LineReader {
        val builder = LineReaderBuilder.builder().terminal(terminal).appName("pbm").history(Remembered(palettes))
            .completer(Completer { _: LineReader, line: ParsedLine, candidates: MutableList<Candidate> -> complete(line, candidates) })
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
        historyFile()?.let { builder.variable(LineReader.HISTORY_FILE, it) }
        return builder.build()
    }

    private fun complete(line: ParsedLine, candidates: MutableList<Candidate>) {
        completion.of(line.words().take(line.wordIndex())).mapTo(candidates) { (word, about) ->
            Candidate(word, word, null, about.ifEmpty { null }, null, null, true)
        }
    }

    /** In the data folder, for its owner alone; none where there is no data folder. */
    private fun historyFile(): Path? {
        if (!data.isDirectory()) return null
        val file = data.resolve("pbm.history")
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
        }
        return file
    }

    /** Lines that may name a viewer are not remembered. */
    private class Remembered(private val palettes: List<Palette>) : DefaultHistory() {
        override fun add(time: Instant, line: String) {
            val words = line.trim().split(' ').filter { it.isNotEmpty() }
            val palette = palettes.find { it.name == words.firstOrNull() }
            if (palette?.commands?.any { it.isPersonal } != true) super.add(time, line)
        }
    }

    companion object {
        /** They end a prompt, and a script. */
        val ENDS = setOf("exit", "quit")
    }
}
