package twitchactors.ops

import twitchactors.pbm.NodeFiles
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption.ATOMIC_MOVE
import java.nio.file.attribute.PosixFilePermissions
import java.security.MessageDigest
import java.security.SecureRandom
import java.util.Base64
import kotlin.io.path.writeText

/** What those must know who may ask a node. */
class OpsToken(private val text: String) {
    /** Whether [header], of an HTTP request, says it; in a time that tells nothing of how much of it is right. */
    fun isIn(header: String?): Boolean {
        val said = header?.removePrefix(SCHEME)?.takeIf { header.startsWith(SCHEME) } ?: return false
        return MessageDigest.isEqual(said.trim().toByteArray(), text.toByteArray())
    }

    companion object {
        private const val SCHEME = "Bearer "
        private const val BYTES = 24
        private val OWNER_ONLY = PosixFilePermissions.fromString("rw-------")

        /** The one of the data folder of [files], made if need be. It stays the same over restarts, so that it can be given to others. */
        fun of(files: NodeFiles): OpsToken {
            val text = files.readToken()
                ?: Base64.getUrlEncoder().withoutPadding().encodeToString(ByteArray(BYTES).also(SecureRandom()::nextBytes))
                    .also { write(files.token, it) }
            // One that others could read before is theirs, too; this is for those who copy files.
            Files.setPosixFilePermissions(files.token, OWNER_ONLY)
            return OpsToken(text)
        }

        /** Puts [text] into [file], which only its owner may read, as a whole or not at all. */
        fun write(file: Path, text: String) {
            Files.createDirectories(file.toAbsolutePath().parent)
            val new = file.resolveSibling("${file.fileName}.new")
            Files.deleteIfExists(new)
            Files.createFile(new, PosixFilePermissions.asFileAttribute(OWNER_ONLY))
            new.writeText("$text\n")
            Files.move(new, file, ATOMIC_MOVE)
        }
    }
}
