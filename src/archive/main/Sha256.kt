package twitchactors.archive

import java.nio.file.Files
import java.nio.file.Path
import java.security.MessageDigest

/** SHA-256 in hexadecimal. */
object Sha256 {
    private const val BUFFER = 1 shl 16

    /** That of `bytes[0, length)`. */
    fun of(bytes: ByteArray, length: Int = bytes.size): String =
        hex(MessageDigest.getInstance("SHA-256").apply { update(bytes, 0, length) })

    /**
     * That of the content of [file].
     *
     * @throws java.io.IOException when it cannot be read
     */
    fun of(file: Path): String {
        val sha256 = MessageDigest.getInstance("SHA-256")
        val buffer = ByteArray(BUFFER)
        Files.newInputStream(file).use { stream ->
            while (true) {
                val count = stream.read(buffer)
                if (count < 0) return hex(sha256)
                sha256.update(buffer, 0, count)
            }
        }
    }

    private fun hex(sha256: MessageDigest) = sha256.digest().joinToString("") { "%02x".format(it) }
}
