package twitchactors.simulator

import twitchactors.domain.BadInput
import twitchactors.domain.ByteSink
import java.io.BufferedOutputStream
import java.io.IOException
import java.nio.file.DirectoryNotEmptyException
import java.nio.file.Files
import java.nio.file.LinkOption
import java.nio.file.NoSuchFileException
import java.nio.file.Path
import java.nio.file.StandardCopyOption
import kotlin.io.path.deleteIfExists
import kotlin.io.path.exists
import kotlin.io.path.fileSize
import kotlin.io.path.isDirectory
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name

/**
 * A day's folder: the planned files, `answer.csv` and `answer.json`. Everything is written to a hidden folder first: beside a new
 * folder, to take its name at the end, or inside an empty one, to be moved up. A run that fails leaves nothing.
 */
class DayFolder(private val day: WorldDay, private val plan: FilePlan) {
    /** What was written, and what it says. */
    class Written(val answer: Answer.Totals, val files: Int, val bytes: Long)

    /**
     * Makes [folder]. [onFile] is told files written, [onViewer] viewers answered for.
     *
     * @throws BadInput as [check]
     */
    fun write(folder: Path, onFile: (done: Long) -> Unit = {}, onViewer: (done: Long) -> Unit = {}): Written {
        check(folder)
        val target = folder.toAbsolutePath().normalize()
        val hidden = ".unfinished-${target.name}-${ProcessHandle.current().pid()}"
        val unfinished = if (target.exists()) target.resolve(hidden) else target.resolveSibling(hidden)
        val cleaner = Thread { remove(unfinished) }
        try {
            Files.createDirectory(unfinished)
        } catch (failure: IOException) {
            val reason = failure.javaClass.simpleName
            throw BadInput("--out $folder: cannot write in ${unfinished.parent} ($reason); name a folder you may write to", failure)
        }
        Runtime.getRuntime().addShutdownHook(cleaner)
        try {
            val written = fill(unfinished, onFile, onViewer)
            finish(unfinished, target)
            return written
        } finally {
            remove(unfinished)
            try {
                Runtime.getRuntime().removeShutdownHook(cleaner)
            } catch (_: IllegalStateException) {
                // The process is ending: the hook runs anyway.
            }
        }
    }

    private fun fill(folder: Path, onFile: (Long) -> Unit, onViewer: (Long) -> Unit): Written {
        val sink = ByteSink(1 shl 22)
        val samples = SampleFile(day, plan)
        var bytes = 0L
        plan.files.forEachIndexed { index, file ->
            sink.clear()
            samples.fill(file, sink)
            Files.newOutputStream(folder.resolve(file.name)).use { sink.writeTo(it) }
            bytes += sink.size
            onFile(index + 1L)
        }
        val csv = folder.resolve("answer.csv")
        val answer = BufferedOutputStream(Files.newOutputStream(csv), 1 shl 16).use { Answer(day, plan).write(it, onViewer) }
        val json = folder.resolve("answer.json")
        Files.writeString(json, json(answer))
        return Written(answer, plan.files.size, bytes + csv.fileSize() + json.fileSize())
    }

    companion object {
        /** @throws BadInput when [folder] has no parent, is something else or is not empty */
        fun check(folder: Path) {
            val parent = folder.toAbsolutePath().normalize().parent
            if (parent != null && !parent.isDirectory()) throw BadInput("--out $folder: there is no folder $parent; make it first")
            if (!folder.exists(LinkOption.NOFOLLOW_LINKS)) return
            if (!folder.isDirectory()) throw BadInput("--out $folder is no folder: name a new one")
            if (folder.listDirectoryEntries().isEmpty()) return
            throw BadInput("--out $folder is not empty: name a new folder, or empty it first")
        }

        /** The answer as one line of JSON, with the contract's names. */
        fun json(answer: Answer.Totals): String = buildString {
            append("{\"day\":\"").append(answer.day).append("\",\"files\":").append(answer.files).append(",\"rejected\":[")
            answer.rejected.joinTo(this, ",") { "{\"file\":\"${it.file}\",\"kind\":\"${it.kind}\"}" }
            append("],\"samples\":").append(answer.samples).append(",\"gaps\":").append(answer.gaps)
            append(",\"slots_missing\":").append(answer.slotsMissing).append(",\"names_dropped\":").append(answer.namesDropped)
            append(",\"sightings\":").append(answer.sightings).append(",\"viewers\":").append(answer.viewers)
            append(",\"pairs\":").append(answer.pairs).append(",\"digest\":\"").append(answer.digest).append("\"}\n")
        }

        private fun finish(unfinished: Path, target: Path) {
            if (unfinished.parent != target) {
                Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE)
                return
            }
            val moved = ArrayList<Path>()
            try {
                // The answer comes last: a folder that has it is whole.
                unfinished.listDirectoryEntries().sortedBy { it.name.startsWith("answer") }.forEach { file ->
                    moved.add(Files.move(file, target.resolve(file.name), StandardCopyOption.ATOMIC_MOVE))
                }
            } catch (failure: IOException) {
                moved.forEach { it.deleteIfExists() }
                throw failure
            }
        }

        /** Removes [folder] if it is still there; again when a writer that is being ended has put one more file into it. */
        private fun remove(folder: Path) {
            repeat(REMOVALS) {
                try {
                    folder.listDirectoryEntries().forEach { it.deleteIfExists() }
                    folder.deleteIfExists()
                    return
                } catch (_: NoSuchFileException) {
                    return
                } catch (_: DirectoryNotEmptyException) {
                    // One more file came.
                }
            }
        }

        private const val REMOVALS = 100
    }
}
