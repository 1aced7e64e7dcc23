package twitchactors.node

import twitchactors.domain.BadInput
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption.ATOMIC_MOVE
import java.time.DateTimeException
import java.time.Instant
import kotlin.io.path.exists
import kotlin.io.path.readText
import kotlin.io.path.writeText

/** How far the simulated time of a data folder has come, so that a demo goes on where the last one ended. */
internal class SimulatedTime(private val file: Path) {
    /** Null before the first [keep]. */
    fun last(): Instant? {
        if (!file.exists()) return null
        return try {
            Instant.parse(file.readText().trim())
        } catch (_: DateTimeException) {
            throw BadInput("$file holds no time: remove it to begin again with the first day")
        }
    }

    /** Notes [now]. A process that is killed loses what came after its last note, and plays that again, which changes nothing. */
    fun keep(now: Instant) {
        val new = file.resolveSibling("${file.fileName}.new")
        new.writeText("$now\n")
        Files.move(new, file, ATOMIC_MOVE)
    }
}
