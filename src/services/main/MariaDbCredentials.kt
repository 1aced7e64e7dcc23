package twitchactors.services

import java.nio.file.Files
import java.nio.file.Path
import java.security.SecureRandom
import java.util.Base64
import java.util.Properties

/** The passwords of an embedded MariaDB: random, made once, kept in a file that only its owner may read. */
internal class MariaDbCredentials private constructor(val rootPassword: String, val user: String, val password: String) {
    companion object {
        private const val USER = "twitchactors"

        /** Those in [file]; null when there are none. */
        fun read(file: Path): MariaDbCredentials? {
            if (Files.notExists(file)) return null
            val properties = Properties()
            Files.newBufferedReader(file).use { properties.load(it) }
            return MariaDbCredentials(
                properties.getProperty("root-password") ?: return null,
                properties.getProperty("user") ?: return null,
                properties.getProperty("password") ?: return null,
            )
        }

        /** Those in [file], or new ones that are in it from now on. */
        fun readOrMake(file: Path): MariaDbCredentials = read(file) ?: MariaDbCredentials(random(), USER, random()).also {
            PrivateFile.replace(file, "root-password=${it.rootPassword}\nuser=${it.user}\npassword=${it.password}\n")
        }

        private fun random(): String = ByteArray(24).let {
            SecureRandom().nextBytes(it)
            Base64.getUrlEncoder().encodeToString(it)
        }
    }
}
