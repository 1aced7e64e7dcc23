package twitchactors.pipeline

import org.junit.jupiter.api.Assertions.fail
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit.MILLISECONDS
import java.util.concurrent.TimeUnit.SECONDS
import kotlin.io.path.isExecutable
import kotlin.io.path.readText

/** `./twitchactors` with [arguments] in a process group of its own, from its start to its end. */
class Program private constructor(
    private val arguments: List<String>,
    private val process: Process,
    private val out: Path,
    private val err: Path,
) : AutoCloseable {
    /** What it left behind. */
    class Ended(val arguments: List<String>, val exit: Int, val out: String, val err: String) {
        private fun shown(err: String) = if (err.length <= SHOWN) err else err.take(SHOWN / 4) + "\n..\n" + err.takeLast(SHOWN)

        override fun toString() = "$arguments: exit $exit, stdout: ${out.take(1000)}, stderr: ${shown(err)}"
    }

    /** That of the launcher, which becomes the JVM. */
    val pid: Long get() = process.pid()

    val alive: Boolean get() = process.isAlive

    /** Waits a moment for its end; true when it has ended. */
    fun endsWithin(millis: Long): Boolean = process.waitFor(millis, MILLISECONDS)

    /** Waits until [condition] holds, at most [seconds]; false when the program ends before. */
    fun reaches(what: String, seconds: Long, condition: () -> Boolean): Boolean {
        val deadline = System.nanoTime() + SECONDS.toNanos(seconds)
        while (!condition()) {
            if (endsWithin(POLL_MS)) return false
            if (System.nanoTime() > deadline) fail<Unit>("$what did not come to be within $seconds s: ${ended()}")
        }
        return alive
    }

    /** The same within the usual time. */
    fun reaches(what: String, condition: () -> Boolean): Boolean = reaches(what, LIMIT_SECONDS, condition)

    /** Its end, which must come by itself. */
    fun end(): Ended {
        if (!process.waitFor(LIMIT_SECONDS, SECONDS)) {
            val stacks = ProcessBuilder("kill", "-QUIT", "${process.pid()}").start().waitFor().also { process.waitFor(2, SECONDS) }
            fail<Unit>("did not end within $LIMIT_SECONDS s ($stacks): ${ended()}")
        }
        return ended()
    }

    private fun ended() = Ended(arguments, if (alive) -1 else process.exitValue(), out.readText(), err.readText())

    /** `kill -9` of the JVM alone. */
    fun kill() {
        process.destroyForcibly().waitFor()
    }

    /** `kill -9` of the JVM and all that it has started. */
    fun killGroup() {
        signalGroup("KILL")
        process.waitFor()
    }

    /** Sends [signal] (`STOP`, `CONT`, `TERM`, `INT`) to the JVM alone. */
    fun signal(signal: String) {
        ProcessBuilder("kill", "-$signal", "$pid").start().waitFor()
    }

    /** Memory that it has just now. */
    val residentMiB: Long
        get() = Files.readAllLines(Path.of("/proc/$pid/status")).first { it.startsWith("VmRSS:") }.filter(Char::isDigit).toLong() / 1024

    /** What it has said so far, as progress and news. */
    val news: String get() = err.readText()

    /** What it has printed so far. */
    val printed: String get() = out.readText()

    /** Whether anything runs that it has started, or itself. */
    val leavesProcesses: Boolean get() = signalGroup("0") == 0

    private fun signalGroup(signal: String) =
        ProcessBuilder("kill", "-$signal", "--", "-${process.pid()}").redirectErrorStream(true).start().waitFor()

    override fun close() {
        if (alive) killGroup()
        Files.deleteIfExists(out)
        Files.deleteIfExists(err)
    }

    companion object {
        /** The root of the repository. */
        val root: Path = Path.of(System.getProperty("basedir") ?: "").toAbsolutePath().resolve("../..").normalize()
            .also { check(it.resolve("twitchactors").isExecutable()) { "$it is not the root of the repository" } }

        /** A bound against hanging: a busy machine takes its time. */
        const val LIMIT_SECONDS = 240L
        private const val POLL_MS = 5L

        /** Characters of a long stderr, from its end; a quarter of it from its beginning. */
        private const val SHOWN = 8000

        /**
         * @param within words to put before the launcher, as those of `ip netns exec`
         * @param launcher another one than that of these sources
         */
        fun start(
            arguments: List<Any>,
            environment: Map<String, String> = emptyMap(),
            within: List<String> = emptyList(),
            launcher: Path = root.resolve("twitchactors"),
        ): Program {
            val words = arguments.map { it.toString() }
            val out = Files.createTempFile("pipeline-it-", ".out")
            val err = Files.createTempFile("pipeline-it-", ".err")
            val builder = ProcessBuilder(listOf("setsid") + within + "$launcher" + words).directory(root.toFile())
            builder.environment() += environment
            val process = builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(out.toFile()).redirectError(err.toFile()).start()
            return Program(words, process, out, err)
        }

        /** Runs it to its end, which must be a good one; 1 says that a recorded file was rejected, as in every irregular day. */
        fun run(vararg arguments: Any, environment: Map<String, String> = emptyMap()): Ended =
            start(arguments.toList(), environment).use { it.end() }.also { check(it.exit in 0..1) { "$it" } }
    }
}
