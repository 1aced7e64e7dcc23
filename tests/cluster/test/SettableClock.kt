package twitchactors.cluster

import java.nio.file.Path
import java.nio.file.StandardCopyOption.ATOMIC_MOVE
import java.time.Duration
import kotlin.io.path.div
import kotlin.io.path.exists
import kotlin.io.path.isDirectory
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.moveTo
import kotlin.io.path.writeText

/**
 * The clock of one machine, as a node on it sees it, by libfaketime: it can be set while the node runs. The time that nobody can set
 * goes on, and files are as old as they are.
 */
class SettableClock(private val folder: Path) {
    private val file = folder / "clock"

    init {
        set(Duration.ZERO)
    }

    /** What a node with this clock is started by. */
    val within: List<String> = listOf(
        "env",
        "LD_PRELOAD=$library",
        "FAKETIME_TIMESTAMP_FILE=$file",
        "FAKETIME_CACHE_DURATION=1",
        "FAKETIME_DONT_FAKE_MONOTONIC=1",
        // With glibc's present waits its remedy makes each of them be over at once.
        "FAKETIME_FORCE_MONOTONIC_FIX=0",
        "NO_FAKE_STAT=1",
    )

    /** Makes it be [ahead] of the others' from the next second on; below zero: behind them. */
    fun set(ahead: Duration) {
        // Never seen half written, for a program that cannot read it ends.
        val new = (folder / "clock.new").apply { writeText("%+d\n".format(ahead.toSeconds())) }
        new.moveTo(file, ATOMIC_MOVE)
    }

    companion object {
        private val library: Path? by lazy {
            Path.of("/usr/lib").takeIf { it.isDirectory() }?.listDirectoryEntries()
                ?.map { it / "faketime/libfaketimeMT.so.1" }?.find { it.exists() }
        }

        /** Skips a test that needs one where there is no libfaketime; in CI that is a failure. */
        fun assumeThere() {
            if (library == null) OutsidePart.isAbsent("libfaketime is not installed")
        }
    }
}
