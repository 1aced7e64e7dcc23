package twitchactors.integration

/** What a program that has ended left behind. */
class Ran(val exit: Int, val out: ByteArray, val err: String) {
    val outText get() = out.decodeToString()

    /** The lines on stderr, without those that name rejected files and gaps, and without progress: a slow machine shows some. */
    val errors get() = err.lines().filter { line ->
        line.isNotEmpty() && !line.startsWith("rejected ") && !line.startsWith("gap in ") && !PROGRESS.matches(line)
    }

    /** Files that stderr names as rejected, with the reason. */
    val rejected get() = err.lines().filter { it.startsWith("rejected ") }.associate { line ->
        val (file, reason) = line.removePrefix("rejected ").split(": ", limit = 2)
        file to reason
    }

    private companion object {
        val PROGRESS = Regex("[a-z ]+(\\(bytes\\))?: [0-9]+( %)?")
    }

    override fun toString() = "exit $exit, stdout: ${outText.take(2000)}, stderr: ${err.take(2000)}"
}
