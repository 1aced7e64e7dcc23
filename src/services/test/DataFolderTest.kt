package twitchactors.services

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.net.ServerSocket
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions

class DataFolderTest {
    @TempDir
    lateinit var data: Path

    @Test
    fun `a folder has one owner, who says where the services are until the end`() {
        val folder = checkNotNull(DataFolder.own(data))
        assertNull(DataFolder.own(data), "owned twice")
        assertEquals(false, Owner.read(data)?.ready)
        folder.ready(mapOf("kafka" to "127.0.0.1:1"))
        folder.announce(mapOf("pbm" to "127.0.0.1:9110"))
        val owner = checkNotNull(Owner.read(data))
        assertTrue(owner.ready)
        assertEquals(ProcessHandle.current().pid(), owner.pid)
        assertEquals(mapOf("kafka" to "127.0.0.1:1", "pbm" to "127.0.0.1:9110"), owner.addresses)
        folder.close()
        assertNull(Owner.read(data))
        checkNotNull(DataFolder.own(data)).close()
    }

    @Test
    fun `what a killed owner left in owner_json does not keep the next one out`() {
        Files.writeString(Owner.file(data), """{"pid":1,"started_at":"2020-01-01T00:00:00Z","ready":true,"addresses":{}}""")
        checkNotNull(DataFolder.own(data)).use { assertEquals(ProcessHandle.current().pid(), Owner.read(data)?.pid) }
    }

    @Test
    fun `a damaged owner_json counts as none`() {
        Files.writeString(Owner.file(data), "{\"pid\":1,")
        assertNull(Owner.read(data))
        Files.writeString(Owner.file(data), """{"pid":1,"started_at":"yesterday","ready":true,"addresses":{}}""")
        assertNull(Owner.read(data))
    }

    @Test
    fun `a port is kept for the next start, unless somebody else has taken it`() {
        val file = data.resolve("ports.properties")
        val port = Ports(file).choose("kafka")
        assertEquals(port, Ports(file).choose("kafka"))
        ServerSocket(port, 1, Ports.LOOPBACK).use {
            assertFalse(Ports.isFree(port))
            val other = Ports(file).choose("kafka")
            assertNotEquals(port, other)
            assertEquals(other, Ports(file).choose("kafka"))
        }
    }

    @Test
    fun `where the embedded MariaDB does not exist, the message says what to do instead`() {
        MariaDbServerFiles.requirePlatform("Linux", "amd64")
        val refusal = assertThrows(ServiceUnavailable::class.java) { MariaDbServerFiles.requirePlatform("Mac OS X", "aarch64") }
        assertTrue("Mac OS X on aarch64" in refusal.message!! && "TWITCHACTORS_MARIADB_URL" in refusal.message!!)
    }

    @Test
    fun `credentials are made once, differ between folders, and only their owner may read them`() {
        val file = data.resolve("credentials")
        val made = MariaDbCredentials.readOrMake(file)
        assertEquals(made.password, MariaDbCredentials.readOrMake(file).password)
        assertNotEquals(made.password, made.rootPassword)
        assertNotEquals(made.password, MariaDbCredentials.readOrMake(data.resolve("others")).password)
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
    }
}
