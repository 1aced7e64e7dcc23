package twitchactors.services

import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import java.util.concurrent.TimeUnit
import java.util.concurrent.TimeoutException

/** A running `mariadbd`, started by this process or left behind by an earlier one. */
internal class MariaDbProcess(private val handle: ProcessHandle) {
    val pid: Long get() = handle.pid()
    val alive: Boolean get() = handle.isAlive

    /** The port that it was told to listen on; null when it has none (it is making the system tables). */
    val port: Int? get() = arguments(pid).firstNotNullOfOrNull { it.removePrefix("--port=").takeIf { rest -> rest != it }?.toIntOrNull() }

    /** Blocks until the process has ended. */
    fun awaitEnd() {
        handle.onExit().join()
    }

    /** Asks it to end and waits [patience]; then kills it, which InnoDB survives. */
    fun end(patience: Duration) {
        handle.destroy()
        if (!endsWithin(patience)) {
            handle.destroyForcibly()
            endsWithin(KILL_PATIENCE)
        }
    }

    private fun endsWithin(patience: Duration): Boolean = try {
        handle.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS)
        true
    } catch (_: TimeoutException) {
        false
    }

    companion object {
        private val KILL_PATIENCE = Duration.ofSeconds(2)

        /**
         * Every running `mariadbd` whose data is in [data]. It is told by its command line, not by a kept process id, so that
         * an id that now belongs to somebody else is never taken for it.
         */
        fun leftBehind(data: Path): List<MariaDbProcess> =
            ProcessHandle.allProcesses().filter { belongsTo(data, it.pid()) }.map(::MariaDbProcess).toList()

        private fun belongsTo(data: Path, pid: Long): Boolean {
            val arguments = arguments(pid)
            return arguments.isNotEmpty() && arguments.first().endsWith("/mariadbd") && "--datadir=$data" in arguments
        }

        private fun arguments(pid: Long): List<String> = try {
            Files.readAllBytes(Path.of("/proc/$pid/cmdline")).decodeToString().split('\u0000')
        } catch (_: IOException) {
            emptyList()
        }
    }
}
