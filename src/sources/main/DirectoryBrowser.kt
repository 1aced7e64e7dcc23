package twitchactors.sources

import org.slf4j.LoggerFactory
import java.io.BufferedReader
import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import java.util.concurrent.CompletableFuture
import java.util.concurrent.TimeUnit
import kotlin.concurrent.thread

/**
 * The process in which the directory's browser lives. It is asked by one thread, one question at a time; [kill] may come from any.
 */
internal class DirectoryBrowser private constructor(private val process: Process) {
    private val questions = process.outputStream.bufferedWriter()
    private val answers: BufferedReader = process.inputStream.bufferedReader()

    @Volatile
    private var lastWords = ""

    private val said = thread(name = "directory-browser-stderr", isDaemon = true) {
        process.errorStream.bufferedReader().forEachLine { line ->
            if (line.isNotBlank()) {
                lastWords = line.trim().take(LONGEST_WORDS)
                log.debug("{}", line)
            }
        }
    }

    val isAlive: Boolean get() = process.isAlive

    /**
     * Its answer. Fails with [NoAnswer] when it dies, says what is no answer, or takes longer than [limit]; it has then ended.
     */
    fun ask(question: DirectoryQuestion, limit: Duration): DirectoryAnswer {
        val overdue = CompletableFuture<Unit>()
        val watch = overdue.completeOnTimeout(Unit, limit.toMillis(), TimeUnit.MILLISECONDS).thenRun { kill() }
        try {
            questions.write(question.line() + "\n")
            questions.flush()
            val line = answers.readLine() ?: throw IOException("it ended")
            return DirectoryAnswer.parse(line)
        } catch (failure: IOException) {
            kill()
            if (overdue.isDone) throw NoAnswer("the directory's browser took longer than ${limit.toSeconds()} s and was ended", failure)
            said.join(PATIENCE_MILLIS)
            throw NoAnswer("the directory's browser died" + if (lastWords.isEmpty()) "" else ": $lastWords", failure)
        } catch (wrong: IllegalArgumentException) {
            kill()
            throw NoAnswer("the directory's browser said what is no answer", wrong)
        } finally {
            watch.cancel(false)
            overdue.cancel(false)
        }
    }

    /** Memory of the process and of all that it started, bytes, with what they share counted once; 0 where that cannot be known. */
    fun memory(): Long = family().sumOf { MEMORY.find(text(it.pid()))?.groupValues?.get(1)?.toLong() ?: 0 } * KIB

    private fun text(pid: Long): String = try {
        Files.readString(Path.of("/proc/$pid/smaps_rollup"))
    } catch (_: IOException) {
        ""
    }

    /** Asks it to end, and makes it when it does not. */
    fun end() {
        val family = family()
        try {
            questions.close()
        } catch (_: IOException) {
            log.trace("it had ended")
        }
        if (!process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) kill()
        // Each of them ends when its parent does; one that hangs is not waited for.
        for (one in family.filter { it.isAlive }) {
            one.onExit().completeOnTimeout(one, PATIENCE_MILLIS, TimeUnit.MILLISECONDS).join().destroyForcibly()
        }
    }

    /** Ends it and all that it started, at once. */
    fun kill() {
        val family = family()
        process.destroyForcibly()
        family.forEach { it.destroyForcibly() }
    }

    private fun family(): List<ProcessHandle> = listOf(process.toHandle()) + process.descendants().toList()

    companion object {
        private val log = LoggerFactory.getLogger(DirectoryBrowser::class.java)
        private val MEMORY = Regex("(?m)^Pss:\\s+([0-9]+) kB")
        private const val KIB = 1024
        private const val LONGEST_WORDS = 200
        private const val PATIENCE_MILLIS = 5_000L

        /** What the process may know: of the others some are passwords, which are nothing for a program that shows foreign pages. */
        private val PASSED_ON = Regex("PATH|HOME|USER|LANG|LC_.*|TZ|TMPDIR|XDG_.*|.*_proxy|.*_PROXY|NODE_EXTRA_CA_CERTS|PLAYWRIGHT_.*")

        /**
         * Starts it and waits until it can be asked. Fails with [NoAnswer].
         *
         * @param folder for what it writes while it runs; what is in it is removed
         */
        fun start(settings: DirectorySettings, folder: Path): DirectoryBrowser {
            val browser = try {
                folder.toFile().deleteRecursively()
                Files.createDirectories(folder)
                DirectoryBrowser(process(settings, folder))
            } catch (failure: IOException) {
                throw NoAnswer("the directory's browser cannot be started: ${failure.message}", failure)
            }
            val open = DirectoryQuestion.Open(
                settings.url,
                settings.browser?.toString().orEmpty(),
                settings.sandbox,
                settings.firstCards,
                settings.quiet,
                settings.limit,
            )
            return when (val answer = browser.ask(open, settings.startLimit)) {
                is DirectoryAnswer.Ready -> browser.also { log.info("the directory is read by {}", answer.browser) }
                is DirectoryAnswer.Nothing -> throw NoAnswer(answer.reason).also { browser.end() }
                else -> throw NoAnswer("the directory's browser answered what it was not asked").also { browser.kill() }
            }
        }

        private fun process(settings: DirectorySettings, folder: Path): Process {
            val builder = ProcessBuilder(
                settings.java.toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx96m",
                "-Dfile.encoding=UTF-8",
                "-Djava.io.tmpdir=$folder",
                "-cp",
                settings.lib.resolve("*").toString(),
                "twitchactors.directory.MainKt",
            )
            builder.environment().keys.retainAll { PASSED_ON.matches(it) }
            builder.environment()["TMPDIR"] = folder.toString()
            return builder.directory(folder.toFile()).start()
        }
    }
}
