package twitchactors.web

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.buildJsonArray
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.put
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption.ATOMIC_MOVE
import java.nio.file.StandardCopyOption.REPLACE_EXISTING
import java.nio.file.attribute.PosixFilePermissions
import java.util.concurrent.ConcurrentHashMap

/** Accounts in one JSON file, mode 0600, replaced as a whole: a crash leaves the old or the new one. */
internal class UsersFile(private val file: Path) : Users {
    private val accounts = ConcurrentHashMap<String, Account>()

    init {
        if (Files.exists(file)) {
            if (posix) Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(OWNER_ONLY))
            val read = try {
                read(Json.parseToJsonElement(Files.readString(file)).jsonArray)
            } catch (e: IllegalArgumentException) {
                throw IllegalArgumentException(
                    "$file is no list of accounts (${e.message}): mend it, or remove it to start without accounts",
                    e,
                )
            }
            read.associateByTo(accounts) { it.name }
        }
    }

    override fun find(name: String): Account? = accounts[name]

    @Synchronized
    override fun create(role: Role, name: String, password: String): Account {
        require(Account.isName(name)) { "'$name' is no account name: 1 to 64 of A-Z, a-z, 0-9, dot, hyphen and underscore" }
        require(!accounts.containsKey(name)) { "there is an account '$name' already" }
        return keep(Account(name, role, Passwords.hash(password)))
    }

    @Synchronized
    override fun changePassword(name: String, password: String): Account {
        val account = requireNotNull(accounts[name]) { "there is no account '$name'" }
        return keep(account.copy(hash = Passwords.hash(password)))
    }

    private fun keep(account: Account): Account {
        write(accounts.values.filter { it.name != account.name } + account)
        accounts[account.name] = account
        return account
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
