package twitchactors.node

import twitchactors.web.Role
import twitchactors.web.Users
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import java.security.SecureRandom
import java.util.Base64
import kotlin.io.path.exists
import kotlin.io.path.readText
import kotlin.io.path.writeText

/** The accounts of the pages of a data folder, as its operator meets them first. */
internal class PageAccounts(private val data: Path) {
    val users: Users = Users.open(data.resolve("users.json"))

    /** The admin, whose password is random and kept in a file that only its owner may read: `admin` and that password. */
    fun admin(): Pair<String, String> {
        val kept = data.resolve("admin.password")
        if (users.find(ADMIN) == null || !kept.exists()) {
            val password = Base64.getUrlEncoder().withoutPadding().encodeToString(ByteArray(PASSWORD_BYTES).also(SecureRandom()::nextBytes))
            users.set(Role.ADMIN, ADMIN, password)
            Files.deleteIfExists(kept)
            Files.createFile(kept, PosixFilePermissions.asFileAttribute(OWNER_ONLY))
            kept.writeText(password)
        }
        return ADMIN to kept.readText()
    }

    /** The visitor whose password all know: for simulated data only. */
    fun visitor(): Pair<String, String> {
        if (users.find(VISITOR) == null) users.create(Role.VISITOR, VISITOR, VISITOR_PASSWORD)
        return VISITOR to VISITOR_PASSWORD
    }

    companion object {
        const val ADMIN = "admin"
        private const val VISITOR = "visitor"
        private const val VISITOR_PASSWORD = "visitorpassword"
        private const val PASSWORD_BYTES = 12
        private val OWNER_ONLY = PosixFilePermissions.fromString("rw-------")
    }
}
