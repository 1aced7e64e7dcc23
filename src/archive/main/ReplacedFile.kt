package twitchactors.archive

import twitchactors.domain.BadInput
import java.io.BufferedOutputStream
import java.io.IOException
import java.io.OutputStream
import java.nio.channels.Channels
import java.nio.channels.FileChannel
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption.ATOMIC_MOVE
import java.nio.file.StandardCopyOption.REPLACE_EXISTING
import java.nio.file.StandardOpenOption.CREATE
import java.nio.file.StandardOpenOption.TRUNCATE_EXISTING
import java.nio.file.StandardOpenOption.WRITE
import kotlin.io.path.name

/** A file that appears under its name whole or not at all: written under a temporary name beside it, synced, renamed. */
object ReplacedFile {
    private const val BUFFER = 1 shl 16

    /**
     * Writes [target] by [content]; what stood there before stays until all is written.
     *
     * @throws BadInput when the folder is missing, or [target] is a folder
     * @throws IOException when writing fails; nothing is left behind then
     */
    fun <T> write(target: Path, content: (OutputStream) -> T): T {
        check(target)
        val temporary = target.resolveSibling(".${target.name}.${ProcessHandle.current().pid()}.part")
        // Ctrl-C ends the process without unwinding: the temporary file goes then too.
        temporary.toFile().deleteOnExit()
        return write(target, temporary, content)
    }

    /**
     * The same by way of [temporary], in the same folder, which nobody else may be writing to. A process that is killed leaves
     * it behind; the next one that writes [target] the same way takes its place.
     *
     * @throws IOException when writing fails; nothing is left behind then
     */
    fun <T> write(target: Path, temporary: Path, content: (OutputStream) -> T): T {
        try {
            val result = writeNew(temporary, content)
            Files.move(temporary, target, ATOMIC_MOVE, REPLACE_EXISTING)
            return result
        } catch (failure: IOException) {
            throw IOException("$target: cannot be written: ${failure.message ?: failure.javaClass.simpleName}", failure)
        } finally {
            Files.deleteIfExists(temporary)
        }
    }

    /** Writes [file] by [content] where nobody looks for it yet; it is on disk when this returns. */
    fun <T> writeNew(file: Path, content: (OutputStream) -> T): T =
        FileChannel.open(file, CREATE, TRUNCATE_EXISTING, WRITE).use { channel ->
            val stream = BufferedOutputStream(Channels.newOutputStream(channel), BUFFER)
            content(stream).also {
                stream.flush()
                channel.force(true)
            }
        }

    /** Refuses what can be known to fail before any work is done. */
    fun check(target: Path) {
        val folder = target.toAbsolutePath().parent ?: throw BadInput("$target: is no file name")
        if (!Files.isDirectory(folder)) throw BadInput("$target: the folder $folder does not exist; create it first")
        if (Files.isDirectory(target)) throw BadInput("$target: is a folder; name a file")
        if (!Files.isWritable(folder)) throw BadInput("$target: the folder $folder cannot be written to; check its permissions")
    }
}
