package twitchactors.archiver

import twitchactors.archive.FolderBusy
import twitchactors.domain.Day
import java.io.IOException
import java.nio.channels.FileChannel
import java.nio.channels.OverlappingFileLockException
import java.nio.file.FileSystems
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption.ATOMIC_MOVE
import java.nio.file.StandardCopyOption.REPLACE_EXISTING
import java.nio.file.StandardOpenOption.CREATE
import java.nio.file.StandardOpenOption.READ
import java.nio.file.StandardOpenOption.WRITE
import kotlin.io.path.createDirectories
import kotlin.io.path.exists
import kotlin.io.path.isDirectory
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name

/** The folder [root] of archived days, three files each: `<day>.7z`, `<day>.parquet`, `<day>.json`. */
class ArchiveFolder(val root: Path) {
    /** Where files are made, before they get their names; what is in it counts for nothing. */
    val work: Path = root.resolve(".work")

    fun archive(day: Day): Path = root.resolve("$day.7z")

    fun parquet(day: Day): Path = root.resolve("$day.parquet")

    fun description(day: Day): Path = root.resolve("$day.json")

    /** What the archived [day] says of itself; null when it is not archived, or its description is damaged. */
    fun describe(day: Day): ArchiveDescription? =
        description(day).takeIf { it.exists() }?.let { ArchiveDescription.parse(Files.readString(it, Charsets.ISO_8859_1)) }

    /** The days of which there is any of the three files, ascending. */
    fun days(): List<Day> = entries().mapNotNull { dayOf(it.name) }.distinct().sorted()

    /** What is in the folder and belongs to no day. */
    fun strangers(): List<Path> = entries().filter { dayOf(it.name) == null && it != work && it.name != LOCK }.sorted()

    /**
     * Does [done] while nobody else changes anything here, in an empty [work].
     *
     * @throws FolderBusy when somebody else does
     * @throws IOException when there is no room
     */
    fun <T> locked(done: () -> T): T {
        root.createDirectories()
        return FileChannel.open(root.resolve(LOCK), CREATE, WRITE).use { channel ->
            val lock = try {
                channel.tryLock()
            } catch (_: OverlappingFileLockException) {
                null
            }
            if (lock == null) throw FolderBusy("somebody else is archiving to $root just now")
            clear()
            work.createDirectories()
            try {
                done()
            } finally {
                clear()
            }
        }
    }

    /** Gives [made], which is on disk, its name [target]. */
    fun put(made: Path, target: Path) {
        Files.move(made, target, ATOMIC_MOVE, REPLACE_EXISTING)
        if ("posix" in FileSystems.getDefault().supportedFileAttributeViews()) FileChannel.open(root, READ).use { it.force(true) }
    }

    private fun clear() {
        work.toFile().deleteRecursively()
    }

    private fun entries(): List<Path> = if (root.isDirectory()) root.listDirectoryEntries() else emptyList()

    private fun dayOf(name: String): Day? = EXTENSIONS.firstOrNull { name.endsWith(it) }?.let { Day.parse(name.removeSuffix(it)) }

    private companion object {
        const val LOCK = "lock"
        val EXTENSIONS = listOf(".7z", ".parquet", ".json")
    }
}
