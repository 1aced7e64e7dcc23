package twitchactors.store

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith
import org.junit.jupiter.api.io.TempDir
import twitchactors.domain.BadInput
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.Partitions
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions

@ExtendWith(TestStores::class)
class SuppressionsIT(private val started: TestStores.Started) {
    private val dataSource = started.dataSource
    private val keyFile = Path.of("target/it").resolve("suppressions-${started.hashCode()}.key")
    private val suppressions = Suppressions.open(dataSource, keyFile, PARTITIONS)

    private fun Suppression.contains(login: String) = "..$login..".toByteArray().let { contains(it, 2, it.size - 2) }

    @Test
    fun `one who opts out is on the list from the next version on, until taken off`() {
        val login = Login.require("opted_out")
        val before = suppressions.snapshot()
        assertTrue(suppressions.add(login, SuppressionKind.OPTED_OUT))
        val after = suppressions.snapshot()
        assertTrue(after.version > before.version)
        assertFalse(before.contains("opted_out"))
        assertTrue(after.contains("opted_out"))
        assertFalse(after.contains("opted_ou"))
        assertFalse(after.contains("somebody"))
        assertTrue(suppressions.remove(login))
        assertFalse(suppressions.remove(login))
        assertFalse(suppressions.snapshot().contains("opted_out"))
        assertTrue(suppressions.version() > after.version)
    }

    @Test
    fun `what changes nothing is no new version, and erased stays erased`() {
        val login = Login.require("erased_one")
        suppressions.add(login, SuppressionKind.OPTED_OUT)
        val version = suppressions.version()
        assertFalse(suppressions.add(login, SuppressionKind.OPTED_OUT))
        assertEquals(version, suppressions.version())
        assertTrue(suppressions.add(login, SuppressionKind.ERASED))
        assertFalse(suppressions.add(login, SuppressionKind.OPTED_OUT))
        assertEquals(SuppressionKind.ERASED, suppressions.kind(login))
        assertNull(suppressions.kind(Login.require("nobody")))
    }

    @Test
    fun `holds many`() {
        val logins = List(300) { Login.require("many_$it") }
        logins.forEach { suppressions.add(it, SuppressionKind.ERASED) }
        val list = suppressions.snapshot()
        assertTrue(list.size >= logins.size)
        assertTrue(logins.all { list.contains(it.name) })
        assertFalse((0 until 300).any { list.contains("few_$it") })
    }

    @Test
    fun `no login is in the database`() {
        suppressions.add(Login.require("not_to_be_found"), SuppressionKind.ERASED)
        val rows = dataSource.query("SELECT mac, kind FROM suppressions") { it.getBytes(1).decodeToString() + it.getString(2) }
        assertTrue(rows.isNotEmpty())
        assertFalse(rows.any { "not_to_be_found" in it })
    }

    @Test
    fun `the key is readable by its owner only, and no other key is taken`(@TempDir folder: Path) {
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(keyFile)))
        assertEquals(32, Files.size(keyFile))
        val other = folder.resolve("deep/other.key")
        assertTrue("other.key" in assertThrows(BadInput::class.java) { Suppressions.open(dataSource, other, PARTITIONS) }.message!!)
        val short = Files.write(folder.resolve("short.key"), ByteArray(31))
        assertTrue("31" in assertThrows(BadInput::class.java) { Suppressions.open(dataSource, short, PARTITIONS) }.message!!)
        Suppressions.open(dataSource, keyFile, PARTITIONS)
    }

    @Test
    fun `the number of partitions is fixed at the first start`() {
        val facts = ClusterFacts(dataSource)
        assertNull(PartitionNumber.fixed(facts))
        val first = PartitionNumber.fix(facts, Partitions(12))
        assertEquals(first.dataId, PartitionNumber.fix(facts, Partitions(12)).dataId)
        assertEquals(12, PartitionNumber.fixed(facts)!!.count)
        val refused = assertThrows(BadInput::class.java) { PartitionNumber.fix(facts) }
        assertTrue("viewer-partitions is 16" in refused.message!! && "12" in refused.message!!, refused.message)
    }

    @Test
    fun `a change concerns the partition of the one who came on the list, and one that is not on record everybody`() {
        val progress = SuppressionProgress(dataSource)
        val login = Login.require("concerned")
        val own = PARTITIONS.of(login)
        val before = suppressions.version()
        suppressions.add(login, SuppressionKind.OPTED_OUT)
        val added = suppressions.version()
        suppressions.remove(login)
        val removed = suppressions.version()
        assertEquals(listOf(own), (0 until PARTITIONS.count).filter { progress.concerns(it, before, added) })
        assertEquals(listOf(own), (0 until PARTITIONS.count).filter { progress.concerns(it, before, removed) })
        assertFalse(progress.concerns(own, added, removed), "nobody new")
        assertFalse(progress.concerns(own, removed, removed))
        dataSource.update("DELETE FROM suppression_changes WHERE version = ?", added)
        assertTrue((0 until PARTITIONS.count).all { progress.concerns(it, before, removed) })
    }

    @Test
    fun `a partition has applied the greatest version that it has said`() {
        val progress = SuppressionProgress(dataSource)
        val version = 1_000_000L
        progress.note(1, version + 5)
        progress.note(1, version)
        progress.note(2, version)
        assertEquals(listOf(2, 1, 0), listOf(version, version + 5, version + 6).map(progress::count))
    }

    @Test
    fun `a drop of a day is counted by partition, each once`() {
        val drops = DayDrops(dataSource)
        val day = Day.parse("2022-08-01")!!
        for (partition in listOf(0, 1, 1)) drops.note(day, "one", partition)
        drops.note(day, "other", 2)
        assertEquals(2, drops.count(day, "one"))
        assertEquals(0, drops.count(Day(day.epochDay + 1), "one"))
    }

    private companion object {
        val PARTITIONS = Partitions(16)
    }
}
