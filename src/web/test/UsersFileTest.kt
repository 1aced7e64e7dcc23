package twitchactors.web

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions

class UsersFileTest {
    @TempDir
    lateinit var folder: Path
    private val file get() = folder.resolve("users.json")

    @Test
    fun `accounts outlive the process, as Argon2id hashes in a file of mode 0600`() {
        Users.open(file).create(Role.ADMIN, "ann", "a-longer-password")
        val again = Users.open(file)
        assertEquals(Role.ADMIN, again.check("ann", "a-longer-password")?.role)
        assertNull(again.check("ann", "another-password"))
        assertNull(again.check("bob", "a-longer-password"))
        val text = Files.readString(file)
        assertTrue("\$argon2id\$v=19\$m=19456,t=2,p=1\$" in text)
        assertFalse("a-longer-password" in text)
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        assertEquals(listOf("users.json"), Files.list(folder).use { all -> all.map { it.fileName.toString() }.toList() })
    }

    @Test
    fun `a name that is taken or no name, and a short password, are refused`() {
        val users = Users.open(file)
        users.create(Role.VISITOR, "visitor", "visitorpassword")
        assertThrows(IllegalArgumentException::class.java) { users.create(Role.ADMIN, "visitor", "visitorpassword") }
        assertThrows(IllegalArgumentException::class.java) { users.create(Role.ADMIN, "a b", "visitorpassword") }
        assertThrows(IllegalArgumentException::class.java) { users.create(Role.ADMIN, "ann", "short") }
    }

    @Test
    fun `a damaged file is named, and never taken for no accounts`() {
        Files.writeString(file, "[{\"name\":\"ann\",\"role\":\"queen\",\"hash\":\"x\"}]")
        val failure = assertThrows(IllegalArgumentException::class.java) { Users.open(file) }
        assertTrue("users.json" in failure.message.orEmpty() && "queen" in failure.message.orEmpty())
        Files.writeString(file, "[{")
        assertThrows(IllegalArgumentException::class.java) { Users.open(file) }
    }

    @Test
    fun `what another process writes counts at once, and a file damaged meanwhile changes nothing`() {
        val users = Users.open(file)
        val others = Users.open(file)
        val ann = others.create(Role.VISITOR, "ann", "a-longer-password")
        assertEquals(ann, users.find("ann"))
        others.create(Role.ADMIN, "bob", "another-password")
        assertEquals(listOf("ann", "bob"), users.all.map { it.name })
        assertEquals(users.set(Role.ADMIN, "ann", "a-third-password"), others.find("ann"))
        others.remove("ann")
        assertNull(users.find("ann"))
        assertThrows(IllegalArgumentException::class.java) { users.remove("ann") }
        Files.writeString(file, "[{")
        assertEquals(listOf("bob"), users.all.map { it.name })
    }
}
