package twitchactors.integration

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.fail
import org.junit.jupiter.api.Assumptions
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit.MILLISECONDS
import java.util.concurrent.TimeUnit.SECONDS
import kotlin.io.path.deleteExisting
import kotlin.io.path.isExecutable
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.readBytes
import kotlin.io.path.readText

/** Starts programs as a user does, the launcher first of all. */
object Program {
    /** The root of the repository. */
    val root: Path = Path.of(System.getProperty("basedir") ?: "").toAbsolutePath().resolve("../..").normalize()
        .also { check(it.resolve("twitchactors").isExecutable()) { "$it is not the root of the repository" } }

    private const val LIMIT_SECONDS = 120L
    private const val POLL_MILLIS = 2L

    /** Runs `./twitchactors` with [arguments] to its end. It must leave nothing in its folder for temporary files. */
    fun twitchactors(vararg arguments: Any, javaOptions: String = ""): Ran = started(arguments, javaOptions) { _ -> }

    /** As above, but presses Ctrl-C as soon as [moment] is true. */
    fun interrupted(vararg arguments: Any, moment: (temporary: Path) -> Boolean): Ran {
        // Interpreted only: slow enough for the moment not to be missed.
        return started(arguments, "-Xint") { (process, temporary) ->
            while (!moment(temporary)) {
                if (process.waitFor(POLL_MILLIS, MILLISECONDS)) fail<Unit>("ended before the moment came")
            }
            run("kill", "-INT", process.pid())
        }
    }

    private fun started(arguments: Array<out Any>, javaOptions: String, meanwhile: (Pair<Process, Path>) -> Unit): Ran {
        val temporary = Files.createTempDirectory("twitchactors-it-")
        try {
            // A parent may ignore SIGINT, as a shell does for what runs in the background, and that is inherited.
            val command = listOf("env", "--default-signal=INT", "$root/twitchactors") + arguments.map { it.toString() }
            val options = "-Djava.io.tmpdir=$temporary $javaOptions"
            val ran = run(command, mapOf("TWITCHACTORS_JAVA_OPTS" to options)) { process -> meanwhile(process to temporary) }
            assertEquals(emptyList<Path>(), temporary.listDirectoryEntries(), "temporary files of $command")
            return ran
        } finally {
            temporary.toFile().deleteRecursively()
        }
    }

    /** Runs an outside program that a test cannot do without: where it is absent, the test is skipped, and fails in CI. */
    fun outside(vararg command: Any, folder: Path = root): Ran {
        need(command[0].toString())
        return run(command.map { it.toString() }, folder = folder)
    }

    /** Ends the test where [program] is not installed. */
    fun need(program: String) {
        if (System.getenv("PATH").split(':').none { Path.of(it, program).isExecutable() }) absent("$program is not installed")
    }

    /** Ends the test for want of something outside of the project: skipped for a user, failed in CI. */
    fun absent(reason: String) {
        if (System.getenv("CI") == "true") fail<Unit>(reason) else Assumptions.abort<Unit>(reason)
    }

    /** Runs what every system has. */
    fun run(vararg command: Any): Ran = run(command.map { it.toString() })

    private fun run(
        command: List<String>,
        environment: Map<String, String> = emptyMap(),
        folder: Path = root,
        meanwhile: (Process) -> Unit = {},
    ): Ran {
        val out = Files.createTempFile("stdout", null)
        val err = Files.createTempFile("stderr", null)
        val builder = ProcessBuilder(command).directory(folder.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile())
        builder.environment() += environment
        val process = builder.start()
        try {
            process.outputStream.close()
            meanwhile(process)
            if (!process.waitFor(LIMIT_SECONDS, SECONDS)) fail<Unit>("did not end within $LIMIT_SECONDS s: $command")
            return Ran(process.exitValue(), out.readBytes(), err.readText())
        } finally {
            process.destroyForcibly()
            out.deleteExisting()
            err.deleteExisting()
        }
    }
}
