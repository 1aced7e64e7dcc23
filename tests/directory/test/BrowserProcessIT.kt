package twitchactors.directorytests

import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.api.io.TempDir
import twitchactors.sources.CategoryCard
import twitchactors.sources.DirectorySettings
import twitchactors.sources.DirectoryTwitch
import twitchactors.sources.NoAnswer
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import java.time.Duration
import java.util.concurrent.CompletionStage
import java.util.concurrent.ExecutionException
import java.util.concurrent.TimeUnit
import java.util.concurrent.TimeoutException

/** The process of the browser when it goes wrong: a shell script stands in for it, which does what Chromium cannot be made to do. */
internal class BrowserProcessIT {
    @TempDir
    lateinit var folder: Path
    private var directory: DirectoryTwitch? = null

    @AfterEach
    fun close() = directory?.close() ?: Unit

    /** @param script what the process does; `answer` answers a question in passing, `next` reads one */
    private fun directory(
        script: String,
        limit: Duration = Duration.ofSeconds(20),
        rest: Duration = Duration.ofMillis(1),
        memory: Long = 1L shl 40,
        idle: Duration = Duration.ofMinutes(1),
    ): DirectoryTwitch {
        val shell = """
            #!/bin/sh
            echo start >> $folder/starts
            next() { read -r question || exit 0; }
            answer() { next; echo '$ANSWER'; }
            next; echo '{"ready":"a script"}'
        """.trimIndent()
        val java = Files.writeString(folder.resolve("java"), "$shell\n$script\n")
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"))
        val settings = DirectorySettings(
            url = "http://127.0.0.1",
            lib = folder,
            browser = null,
            startLimit = Duration.ofSeconds(20),
            limit = limit,
            grace = Duration.ZERO,
            mostMemory = memory,
            idleAfter = idle,
            firstRest = rest,
            java = java,
        )
        return DirectoryTwitch(settings, folder.resolve("run")).also { directory = it }
    }

    private val starts: Int get() = Files.readAllLines(folder.resolve("starts")).size

    @Test
    fun `a browser is started by the first question and answers many`() {
        val directory = directory("while :; do answer; done")
        repeat(3) { assertEquals(listOf(CARD), answer(directory.categories(1))) }
        assertEquals(1, starts)
    }

    @Test
    fun `one that dies is no answer with its last words, and the next question starts another`() {
        val first = "[ -e $folder/once ] || { touch $folder/once; next; echo 'no memory left' >&2; exit 1; }"
        val directory = directory("$first; while :; do answer; done")
        assertEquals("the directory's browser died: no memory left", reason(directory.categories(1)))
        assertEquals(listOf(CARD), answered { directory.categories(1) })
        assertEquals(2, starts)
    }

    @Test
    fun `after it died nothing is started for a while, and questions fail at once with the reason`() {
        val directory = directory("next; exit 1", rest = Duration.ofMinutes(5))
        assertEquals("the directory's browser died", reason(directory.categories(1)))
        val resting = reason(directory.categories(1))
        assertTrue(Regex("the directory's browser rests for [0-9]+ s: the directory's browser died").matches(resting), resting)
        assertEquals(1, starts)
    }

    @Test
    fun `one that says nothing is ended when its time is over, and so is what it started`() {
        val directory = directory("next; sleep 1000 & echo \$! > $folder/child; wait", limit = Duration.ofSeconds(1))
        assertEquals("the directory's browser took longer than 1 s and was ended", reason(directory.categories(1)))
        val child = Files.readString(folder.resolve("child")).trim().toLong()
        ProcessHandle.of(child).ifPresent { it.onExit().get(10, TimeUnit.SECONDS) }
    }

    @Test
    fun `what is no answer ends it`() {
        val directory = directory("next; echo Skipping; answer")
        assertEquals("the directory's browser said what is no answer", reason(directory.categories(1)))
    }

    @Test
    fun `one that takes too much memory is started anew after its answer`() {
        val directory = directory("while :; do answer; done", memory = 1)
        repeat(3) { assertEquals(listOf(CARD), answer(directory.categories(1))) }
        assertEquals(3, starts)
    }

    @Test
    fun `one that is asked nothing is ended, and started again when it is asked`() {
        val directory = directory("trap 'touch $folder/ended' EXIT; while :; do answer; done", idle = Duration.ofMillis(300))
        answer(directory.categories(1))
        ProcessHandle.current().children().filter { it.info().arguments().orElse(arrayOf()).any { word -> "$folder" in word } }.toList()
            .forEach { it.onExit().get(20, TimeUnit.SECONDS) }
        assertTrue(Files.exists(folder.resolve("ended")))
        answer(directory.categories(1))
        assertEquals(2, starts)
    }

    @Test
    fun `who waits when all is ended is told`() {
        val directory = directory("next; sleep 1000")
        val waiting = List(3) { directory.categories(1) }
        assertThrows<TimeoutException> { waiting[0].toCompletableFuture().get(300, TimeUnit.MILLISECONDS) }
        directory.close()
        waiting.forEach { reason(it) }
        assertEquals("the directory's browser was ended", reason(directory.categories(1)))
    }

    @Test
    fun `secrets of the environment are not passed on`() {
        val directory = directory("next; env | cut -d= -f1 | sort > $folder/names; echo '$ANSWER'; next")
        answer(directory.categories(1))
        val names = Files.readAllLines(folder.resolve("names"))
        assertTrue("PATH" in names && "TMPDIR" in names, "$names")
        assertTrue(System.getenv(SECRET) != null && SECRET !in names, "$names")
    }

    @Test
    fun `a browser that does not start says why`() {
        val directory = directory("")
        Files.writeString(folder.resolve("java"), "#!/bin/sh\nread -r question; echo '{\"error\":\"there is no Chromium\"}'\n")
        assertEquals("there is no Chromium", reason(directory.categories(1)))
    }

    private fun <T> answer(stage: CompletionStage<T>): T = stage.toCompletableFuture().get(1, TimeUnit.MINUTES)

    /** The first answer, when the browser rests no more. */
    private fun <T> answered(ask: () -> CompletionStage<T>): T =
        generateSequence { runCatching { answer(ask()) } }.take(1_000).first { it.isSuccess }.getOrThrow()

    private fun reason(stage: CompletionStage<*>): String = (assertThrows<ExecutionException> { answer(stage) }.cause as NoAnswer).reason

    private companion object {
        val CARD = CategoryCard("a", "A", 1, emptyList(), "")

        /** Set for these tests in their pom. */
        const val SECRET = "TWITCHACTORS_MARIADB_PASSWORD"
        const val ANSWER = """{"categories":[{"slug":"a","name":"A","viewers":1,"tags":[],"image":""}],"cut":true}"""
    }
}
