package twitchactors.recording

import org.slf4j.LoggerFactory
import twitchactors.archive.NotASampleFile
import twitchactors.archive.ReplacedFile
import twitchactors.archive.SampleFileName
import twitchactors.domain.Day
import twitchactors.domain.LoginFilter
import java.io.IOException
import java.nio.channels.FileChannel
import java.nio.file.FileSystems
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption.ATOMIC_MOVE
import java.nio.file.StandardOpenOption.READ
import java.util.UUID
import kotlin.io.path.exists
import kotlin.io.path.name

/**
 * The sample files, a folder for each day, and beside them `position.json`, which says how far they have come, and whose they are.
 * All work is done under a lock of the operating system, which ends with the process that has it; one that was paused and finds
 * another owner's name changes nothing. For one thread.
 *
 * @param root made when it is absent
 * @param admits who may be in the files that are written; an [IOException] says that this is not known just now
 */
internal class SampleFolder(private val root: Path, private val admits: () -> LoginFilter = { LoginFilter.All }) {
    private val union = SlotUnion()
    private val owner = UUID.randomUUID().toString()
    private val positionFile = root.resolve(POSITION)

    /** Files that were written, because they are new or say more now. */
    var filesWritten = 0L
        private set

    /**
     * Makes this the owner and tells how far the files are; null when that is not known, which means from the very beginning.
     *
     * @throws IOException when the folder cannot be written, or another process is just writing; to be tried again
     */
    fun claim(): Position? {
        Files.createDirectories(root)
        return locked {
            val found = read()
            if (found == null && positionFile.exists()) {
                log.warn("{} is damaged: all that Kafka has is read again, and added to the files", positionFile)
            }
            // An owner without a position: its first one follows, and until then it is known to nobody but by this name.
            val position = found?.second
            writePosition(position ?: Position("", emptyMap()))
            position?.takeIf { it.topicId.isNotEmpty() }
        }
    }

    /**
     * Does what [plan] says; all of it is on disk when this returns. Done again after it has failed, or has been done, it comes to the
     * same.
     *
     * @throws FormerOwner when there is another one; then nothing is changed
     * @throws IOException when the disk is full, or the like; to be tried again
     */
    fun settle(plan: OpenSlots.Plan) = locked {
        if (read()?.first != owner) throw FormerOwner(root)
        // Within the lock: who takes somebody out of the files after they came on the list finds all that was written before.
        val admitted = if (plan.slots.isEmpty()) LoginFilter.All else admits()
        plan.dropped.forEach(::drop)
        val days = plan.slots.groupBy { it.day }
        for ((day, slots) in days) {
            val folder = folder(day)
            val isNew = !folder.exists()
            Files.createDirectories(folder)
            slots.forEach { add(it, folder, admitted) }
            sync(folder)
            if (isNew) sync(root)
        }
        writePosition(plan.position)
    }

    private fun add(slot: OpenSlot, folder: Path, admitted: LoginFilter) {
        union.clear()
        val before = files(slot, folder).filter { file ->
            try {
                union.add(file)
                true
            } catch (bad: NotASampleFile) {
                setAside(file, bad)
                false
            }
        }
        slot.samples.forEach(union::add)
        val parts = union.write(admitted)
        val start = slot.slot.startsAt(slot.day)
        parts.forEachIndexed { part, content ->
            val file = folder.resolve("${start + part}.json")
            if (file.exists() && Files.size(file) == content.size.toLong() && Files.readAllBytes(file).contentEquals(content)) {
                return@forEachIndexed
            }
            ReplacedFile.write(file, file.resolveSibling(".${file.name}.part")) { it.write(content) }
            filesWritten++
        }
        before.drop(parts.size).forEach { Files.deleteIfExists(it) }
    }

    /** The slot's file, and those that it goes on in. */
    private fun files(slot: OpenSlot, folder: Path): List<Path> =
        generateSequence(slot.slot.startsAt(slot.day)) { it + 1 }.map { folder.resolve("$it.json") }.takeWhile { it.exists() }.toList()

    /** What cannot be read is kept for a look at it, under a name that counts for nothing. */
    private fun setAside(file: Path, why: NotASampleFile) {
        val aside = file.resolveSibling("${file.name}.damaged-${System.currentTimeMillis()}")
        Files.move(file, aside, ATOMIC_MOVE)
        log.warn("{} {}; it is kept as {} and its slot begins anew: restore the day from its archive", file, why.reason, aside.name)
    }

    private fun drop(day: Day) {
        val folder = folder(day)
        if (!folder.exists()) return
        Files.newDirectoryStream(folder).use { entries ->
            entries.filter { SampleFileName.parse(it.name) != null || it.name.endsWith(".part") }.forEach(Files::deleteIfExists)
        }
        sync(folder)
    }

    private fun folder(day: Day) = root.resolve(day.toString())

    private fun read(): Pair<String, Position>? = if (positionFile.exists()) Position.parse(Files.readString(positionFile)) else null

    private fun writePosition(position: Position) {
        ReplacedFile.write(positionFile, positionFile.resolveSibling(".$POSITION.part")) { it.write(position.json(owner).toByteArray()) }
        sync(root)
    }

    private inline fun <T> locked(work: () -> T): T = FolderLock.hold(root, work)

    /** Makes names in [folder] as durable as the files are; where a folder cannot be opened the file system has to do without. */
    private fun sync(folder: Path) {
        if ("posix" in FileSystems.getDefault().supportedFileAttributeViews()) FileChannel.open(folder, READ).use { it.force(true) }
    }

    companion object {
        /** Beside the folders of days. */
        const val POSITION = "position.json"

        private val log = LoggerFactory.getLogger(SampleFolder::class.java)
    }
}
