package twitchactors.store

import twitchactors.domain.BadInput
import java.io.IOException
import java.nio.ByteBuffer
import java.nio.channels.FileChannel
import java.nio.file.FileAlreadyExistsException
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardOpenOption.CREATE_NEW
import java.nio.file.StandardOpenOption.WRITE
import java.nio.file.attribute.PosixFilePermissions
import java.security.SecureRandom
import java.util.UUID

/** A file with a secret key: [BYTES] random bytes, readable by its owner only. */
internal object KeyFile {
    const val BYTES = 32
    private val OWNER_ONLY = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))

    /**
     * The key in [file], made when absent.
     *
     * @param what the key is of, for people
     * @throws BadInput when the file is no key, or cannot be read or made
     */
    fun key(file: Path, what: String): ByteArray = try {
        if (!Files.exists(file)) create(file.toAbsolutePath())
        val key = Files.readAllBytes(file)
        if (key.size != BYTES) throw BadInput("$file holds ${key.size} bytes, but this key has $BYTES; restore it")
        key
    } catch (failure: IOException) {
        throw BadInput("the key of $what, $file, cannot be read or made: $failure", failure)
    }

    /** Makes the key as a whole or not at all, and leaves one alone that another process makes meanwhile. */
    private fun create(file: Path) {
        Files.createDirectories(file.parent)
        val key = ByteArray(BYTES).also(SecureRandom()::nextBytes)
        val new = file.resolveSibling("${file.fileName}.${UUID.randomUUID()}")
        try {
            FileChannel.open(new, setOf(CREATE_NEW, WRITE), OWNER_ONLY).use {
                it.write(ByteBuffer.wrap(key))
                it.force(true)
            }
            Files.createLink(file, new)
        } catch (_: FileAlreadyExistsException) {
            // Theirs is the key.
        } finally {
            Files.deleteIfExists(new)
        }
    }
}
