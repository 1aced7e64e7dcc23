package twitchactors.web

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.buildJsonArray
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.put
import org.slf4j.LoggerFactory
import java.nio.file.Files
import java.nio.file.NoSuchFileException
import java.nio.file.Path
import java.nio.file.StandardCopyOption.ATOMIC_MOVE
import java.nio.file.StandardCopyOption.REPLACE_EXISTING
import java.nio.file.attribute.BasicFileAttributes
import java.nio.file.attribute.PosixFilePermissions

/**
 * Accounts in one JSON file, mode 0600, replaced as a whole: a crash leaves the old or the new one. The file is read again when it is
 * another one than before; one that is damaged while this process runs is told, and changes nothing.
 */
internal class UsersFile(private val file: Path) : Users {
    private val log = LoggerFactory.getLogger("twitchactors.web.UsersFile")

    @Volatile
    private var known = Known(state(), load())

    private class Known(val state: Any?, val accounts: Map<String, Account>)

    override val all: List<Account> get() = accounts().values.sortedBy { it.name }

    override fun find(name: String): Account? = accounts()[name]

    @Synchronized
    override fun create(role: Role, name: String, password: String): Account {
        require(find(name) == null) { "there is an account '$name' already" }
        return set(role, name, password)
    }

    @Synchronized
    override fun set(role: Role, name: String, password: String): Account {
        require(Account.isName(name)) { "'$name' is no account name: 1 to 64 of A-Z, a-z, 0-9, dot, hyphen and underscore" }
        return Account(name, role, Passwords.hash(password)).also { write(allBut(name) + it) }
    }

    @Synchronized
    override fun remove(name: String) {
        requireNotNull(find(name)) { "there is no account '$name'" }
        write(allBut(name))
    }

    private fun allBut(name: String): List<Account> = accounts().values.filter { it.name != name }

    /** Costs one look at the file's attributes, some microseconds. */
    private fun accounts(): Map<String, Account> {
        val state = state()
        if (state != known.state) readAgain(state)
        return known.accounts
    }

    @Synchronized
    private fun readAgain(state: Any?) {
        if (state == known.state) return
        known = try {
            Known(state, load())
        } catch (e: IllegalArgumentException) {
            log.warn("{}; the accounts are those from before", e.message)
            Known(state, known.accounts)
        }
    }

    /** Differs when the file was written since; null without one. */
    private fun state(): Any? = try {
        Files.readAttributes(file, BasicFileAttributes::class.java).let { Triple(it.fileKey(), it.lastModifiedTime(), it.size()) }
    } catch (_: NoSuchFileException) {
        null
    }

    private fun load(): Map<String, Account> {
        if (!Files.exists(file)) return emptyMap()
        if (posix) Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(OWNER_ONLY))
        return try {
            read(Json.parseToJsonElement(Files.readString(file)).jsonArray).associateBy { it.name }
        } catch (e: IllegalArgumentException) {
            throw IllegalArgumentException(
                "$file is no list of accounts (${e.message}): mend it, or remove it to start without accounts",
                e,
            )
        }
    }

    private fun read(list: JsonArray): List<Account> = list.map { entry ->
        val fields = entry.jsonObject
        fun text(key: String) = requireNotNull(fields[key]) { "an account without $key" }.jsonPrimitive.content
        val role = requireNotNull(Role.of(text("role"))) { "unknown role '${text("role")}'" }
        Account(text("name"), role, text("hash"))
    }

    private fun write(all: List<Account>) {
        val json = buildJsonArray {
            for (account in all.sortedBy { it.name }) {
                add(
                    buildJsonObject {
                        put("name", account.name)
                        put("role", account.role.word)
                        put("hash", account.hash)
                    },
                )
            }
        }
        val folder = file.toAbsolutePath().parent
        Files.createDirectories(folder)
        val owner = if (posix) arrayOf(PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY))) else emptyArray()
        val fresh = Files.createTempFile(folder, "users", ".new", *owner)
        try {
            Files.writeString(fresh, pretty.encodeToString(JsonArray.serializer(), json) + "\n")
            Files.move(fresh, file, ATOMIC_MOVE, REPLACE_EXISTING)
        } finally {
            Files.deleteIfExists(fresh)
        }
    }

    private val posix get() = "posix" in file.fileSystem.supportedFileAttributeViews()

    private companion object {
        const val OWNER_ONLY = "rw-------"
        val pretty = Json { prettyPrint = true }
    }
}
