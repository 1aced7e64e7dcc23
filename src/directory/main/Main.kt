package twitchactors.directory

import com.microsoft.playwright.PlaywrightException
import twitchactors.sources.DirectoryAnswer
import twitchactors.sources.DirectoryQuestion
import java.io.FileDescriptor
import java.io.FileOutputStream
import java.io.PrintStream
import java.util.concurrent.LinkedBlockingQueue
import kotlin.concurrent.thread
import kotlin.system.exitProcess

/**
 * A browser that reads Twitch's directory, in a process of its own: questions on standard input, answers on standard output, a line
 * each (see [DirectoryQuestion] and [DirectoryAnswer]). The first question says how to begin. It ends with its input, whatever
 * it is about, and with 1 when the browser did not start or crashed.
 */
fun main() {
    val answers = PrintStream(FileOutputStream(FileDescriptor.out), true, Charsets.UTF_8)
    // What Playwright prints of its own accord is no answer.
    System.setOut(System.err)
    val questions = questions()
    fun answer(answer: DirectoryAnswer) = answers.println(answer.line())

    val directory = try {
        val open = DirectoryQuestion.parse(questions.take()) as? DirectoryQuestion.Open
            ?: throw IllegalArgumentException("the first question says how to begin: {\"open\":..}")
        val browser = Browser.start(open)
        answer(DirectoryAnswer.Ready(browser.version))
        browser to Directory(browser, open)
    } catch (wrong: IllegalArgumentException) {
        answer(DirectoryAnswer.Nothing("no question: ${wrong.message}"))
        exitProcess(1)
    } catch (notStarted: PlaywrightException) {
        answer(DirectoryAnswer.Nothing("the directory's browser does not start: ${Directory.firstLine(notStarted)}"))
        exitProcess(1)
    }
    while (directory.first.isAlive) answer(answered(directory.second, questions.take()))
    exitProcess(1)
}

private fun answered(directory: Directory, line: String): DirectoryAnswer = try {
    when (val question = DirectoryQuestion.parse(line)) {
        is DirectoryQuestion.Categories -> directory.categories(question.count)
        is DirectoryQuestion.Streams -> directory.streams(question.slug, question.count)
        is DirectoryQuestion.Open -> DirectoryAnswer.Nothing("no question: it has begun")
    }
} catch (wrong: IllegalArgumentException) {
    DirectoryAnswer.Nothing("no question: ${wrong.message}")
} catch (failure: PlaywrightException) {
    DirectoryAnswer.Nothing("the directory page was not read: ${Directory.firstLine(failure)}")
}

/** The lines of standard input. Read beside the work, so that its end ends the process also while a page is read. */
private fun questions(): LinkedBlockingQueue<String> {
    val questions = LinkedBlockingQueue<String>()
    thread(isDaemon = true, name = "questions") {
        System.`in`.bufferedReader(Charsets.UTF_8).forEachLine { questions.put(it) }
        exitProcess(0)
    }
    return questions
}
