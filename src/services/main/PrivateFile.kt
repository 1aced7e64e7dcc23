package twitchactors.services

import java.nio.ByteBuffer
import java.nio.channels.FileChannel
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption.ATOMIC_MOVE
import java.nio.file.StandardOpenOption.CREATE
import java.nio.file.StandardOpenOption.TRUNCATE_EXISTING
import java.nio.file.StandardOpenOption.WRITE
import java.nio.file.attribute.PosixFilePermissions

/** Files that only their owner may read (0600): they hold secrets, or the addresses of services without a password. */
internal object PrivateFile {
    private val OWNER_ONLY = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))

    /** Puts [text] into [file] as a whole or not at all; on disk when this returns. */
    fun replace(file: Path, text: String) {
        val new = file.resolveSibling("${file.fileName}.new")
        Files.deleteIfExists(new)
        FileChannel.open(new, setOf(CREATE, WRITE, TRUNCATE_EXISTING), OWNER_ONLY).use { channel ->
            val bytes = ByteBuffer.wrap(text.toByteArray())
            while (bytes.hasRemaining()) channel.write(bytes)
            channel.force(true)
        }
        Files.move(new, file, ATOMIC_MOVE)
    }
}
