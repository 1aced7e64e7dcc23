package twitchactors.recording

import org.slf4j.LoggerFactory
import twitchactors.archive.LoginSearch
import twitchactors.archive.NotASampleFile
import twitchactors.archive.ReplacedFile
import twitchactors.archive.SampleFile
import twitchactors.archive.SampleFileName
import twitchactors.archive.SampleFiles
import twitchactors.archive.Sha256
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.LoginFilter
import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path
import java.util.Arrays
import kotlin.io.path.exists
import kotlin.io.path.isDirectory
import kotlin.io.path.isRegularFile
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.readBytes

/** The sample files that the recorder has written below [root], by day, for those who bring them elsewhere. */
class RecordedDays(private val root: Path) {
    /** The days that have a sample file, ascending. */
    fun days(): List<Day> {
        if (!root.isDirectory()) return emptyList()
        return root.listDirectoryEntries().mapNotNull { Day.parse(it.name) }.filter { files(it).isNotEmpty() }.sorted()
    }

    /** The sample files of [day], by time; none when there is no folder. */
    fun files(day: Day): List<SampleFile> {
        val folder = folder(day)
        if (!folder.isDirectory()) return emptyList()
        val files = folder.listDirectoryEntries().mapNotNull { path -> SampleFileName.parse(path.name)?.let { SampleFile(path, it) } }
        return SampleFiles.sorted(files).files
    }

    /** What else is in the folder of [day]: files that the recorder has put aside, or that are not its own. */
    fun strangers(day: Day): List<Path> {
        val folder = folder(day)
        if (!folder.isDirectory()) return emptyList()
        return folder.listDirectoryEntries().filter { SampleFileName.parse(it.name) == null && !it.name.endsWith(".part") }.sorted()
    }

    /**
     * The offset in each partition of `samples` up to which the files say all; null when that is not known.
     *
     * @throws IOException when it cannot be read
     */
    fun position(): Map<Int, Long>? {
        val file = root.resolve(SampleFolder.POSITION)
        if (!file.exists()) return null
        return Position.parse(Files.readString(file))?.second?.offsets
    }

    /**
     * Removes the files of [day] whose content is still what [sha256] says by name; others stay, for something has come since. Returns
     * how many were removed.
     *
     * @throws IOException when the recorder is just writing; to be tried again
     */
    fun remove(day: Day, sha256: Map<String, String>): Int = FolderLock.hold(root) {
        files(day).count { file -> sha256[file.name.name] == Sha256.of(file.path) && Files.deleteIfExists(file.path) }
    }

    /**
     * Writes the union of [files], one file for each slot and one more where one would be too large, to the folder [to], which is there
     * and empty. Slots are as the recorder would have written them, had it known all [files] at once.
     *
     * @param admits who may be in them
     * @throws IOException also when one of [files] counts for nothing: the message names it
     */
    fun union(files: List<SampleFile>, day: Day, to: Path, admits: LoginFilter): List<SampleFile> {
        val union = SlotUnion()
        val written = ArrayList<SampleFile>()
        for ((slot, ofSlot) in files.groupBy { it.name.slot }) {
            union.clear()
            for (file in ofSlot) {
                try {
                    union.add(file.path)
                } catch (bad: NotASampleFile) {
                    throw IOException("${file.path} ${bad.reason}; look at it and move it away", bad)
                }
            }
            union.write(admits).forEachIndexed { part, content ->
                val name = checkNotNull(SampleFileName.parse("${slot.startsAt(day) + part}.json"))
                val file = to.resolve(name.name)
                ReplacedFile.write(file, file.resolveSibling(".${name.name}.part")) { it.write(content) }
                written += SampleFile(file, name)
            }
        }
        return SampleFiles.sorted(written).files
    }

    /**
     * Removes [files], which are here; returns those that were still there.
     *
     * @throws IOException when the recorder is just writing; to be tried again
     */
    fun removeAll(files: List<Path>): List<Path> = FolderLock.hold(root) { files.filter(Files::deleteIfExists) }

    /**
     * Takes [viewer] out of all files here, also out of those that wait for a look at them: these are removed when they name the viewer,
     * as are remains of files that were never finished. Nothing that is written later names one who is kept out.
     *
     * @throws IOException when the recorder is just writing; to be tried again
     */
    fun leaveOut(viewer: Login): LeftOut {
        if (!root.isDirectory()) return LeftOut(0, 0)
        val search = LoginSearch(viewer)
        val name = viewer.name.toByteArray(Charsets.US_ASCII)
        val others = LoginFilter { bytes, from, to -> !Arrays.equals(bytes, from, to, name, 0, name.size) }
        return FolderLock.hold(root) {
            var rewritten = 0
            var removed = 0
            for (day in root.listDirectoryEntries().filter { Day.parse(it.name) != null && it.isDirectory() }.sorted()) {
                val (files, strangers) = day.listDirectoryEntries().filter { it.isRegularFile() && search.isIn(it.readBytes()) }
                    .partition { SampleFileName.parse(it.name) != null }
                rewritten += files.count { rewrite(it, others) }
                removed += strangers.count(Files::deleteIfExists)
            }
            LeftOut(rewritten, removed)
        }
    }

    /** Each file by itself: whether a slot has one or several stays as it was. */
    private fun rewrite(file: Path, admits: LoginFilter): Boolean {
        // Never in parts, for it is no longer than it was.
        val union = SlotUnion(partBytes = Int.MAX_VALUE)
        try {
            union.add(file)
        } catch (bad: NotASampleFile) {
            // It counts for nothing, and could not be rewritten.
            log.warn("{} {} and names somebody who is kept out; it was removed", file, bad.reason)
            return Files.deleteIfExists(file)
        }
        val content = union.write(admits).single()
        if (content.contentEquals(file.readBytes())) return false
        ReplacedFile.write(file, file.resolveSibling(".${file.name}.part")) { it.write(content) }
        return true
    }

    /** What was done: files that were [rewritten], and others that were [removed]. */
    class LeftOut(val rewritten: Int, val removed: Int)

    private fun folder(day: Day) = root.resolve(day.toString())

    private companion object {
        val log = LoggerFactory.getLogger(RecordedDays::class.java)
    }
}
