package twitchactors.store

import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith
import twitchactors.domain.Day
import java.util.concurrent.CompletableFuture
import java.util.concurrent.ConcurrentHashMap

@ExtendWith(TestStores::class)
class SealsIT(private val started: TestStores.Started) {
    private val seals = Seals(started.dataSource)
    private val fenced = FencedWrites(started.dataSource)
    private val day = Day.parse("2022-08-01")!!
    private val partition = CheckpointsIT.newPartition()

    private fun seal(revision: Int, fence: Long, digest: Char = 'a', day: Day = this.day, partition: Int = this.partition) =
        Seal(day, partition, revision, fence, "$digest".repeat(64), viewers = 3, pairs = 4, sightings = 5)

    private fun refused() = fenced.attempts(partition, FencedWrites.What.SEAL)

    @Test
    fun `is read back with its content`() {
        val form = CheckpointsIT.random(2 * Pieces.LENGTH)
        assertNull(seals.of(day, partition))
        assertNull(seals.form(day, partition))
        assertTrue(seals.write(seal(1, 7), form))
        assertEquals(seal(1, 7), seals.of(day, partition))
        assertTrue(seal(1, 7) in seals.of(day))
        assertEquals(listOf(seal(1, 7)), seals.of(partition))
        assertTrue(day in seals.days())
        assertArrayEquals(form, seals.form(day, partition))
    }

    @Test
    fun `a greater revision takes its place, a smaller one is refused`() {
        assertTrue(seals.write(seal(1, 7), "one".toByteArray()))
        assertTrue(seals.write(seal(3, 8, 'b'), "three".toByteArray()))
        assertFalse(seals.write(seal(2, 7, 'c'), "two".toByteArray()))
        assertEquals(seal(3, 8, 'b'), seals.of(day, partition))
        assertEquals("three", seals.form(day, partition)!!.decodeToString())
    }

    @Test
    fun `a revision stays with its first content, and the newer owner's becomes the next`() {
        assertTrue(seals.write(seal(1, 7), "late".toByteArray()))
        assertFalse(seals.write(seal(1, 9, 'b'), "new".toByteArray()))
        assertEquals("late", seals.form(day, partition)!!.decodeToString())
        assertEquals(0, refused(), "the newest owner is none that was fenced off")
        assertTrue(seals.write(seal(2, 9, 'b'), "new".toByteArray()))
        assertEquals("new", seals.form(day, partition)!!.decodeToString())
        assertFalse(seals.write(seal(2, 8, 'c'), "stale".toByteArray()))
        assertEquals(listOf(1), superseded().map { it.revision }, "what was refused has superseded nothing")
    }

    @Test
    fun `the same content again is no conflict, whoever says it`() {
        assertTrue(seals.write(seal(1, 7), "x".toByteArray()))
        assertTrue(seals.write(seal(1, 7), "x".toByteArray()))
        assertTrue(seals.write(seal(1, 6), "x".toByteArray()))
        assertEquals(7, seals.of(day, partition)!!.fence)
        assertTrue(seals.write(seal(1, 8), "x".toByteArray()))
        assertEquals(8, seals.of(day, partition)!!.fence)
        assertEquals(0, refused())
    }

    @Test
    fun `is published by its own revision only, and no longer once the content changes`() {
        seals.write(seal(1, 7), byteArrayOf(1))
        assertFalse(seals.markPublished(day, partition, 2))
        assertFalse(seals.of(day, partition)!!.published)
        assertTrue(seals.markPublished(day, partition, 1))
        assertTrue(seals.markPublished(day, partition, 1))
        assertTrue(seals.of(day, partition)!!.published)
        seals.write(seal(1, 8), byteArrayOf(1))
        assertTrue(seals.of(day, partition)!!.published, "the same content under a newer owner stays published")
        seals.write(seal(2, 8, 'b'), byteArrayOf(2))
        assertFalse(seals.of(day, partition)!!.published)
    }

    @Test
    fun `many partitions that seal a day at once do not hinder each other`() {
        val day = Day.parse("2022-08-02")!!
        val running = List(32) { i -> CompletableFuture.supplyAsync { seals.write(seal(1, 1, day = day, partition = i), byteArrayOf(1)) } }
        assertTrue(running.all { it.join() })
        assertEquals((0 until 32).toList(), seals.of(day).map { it.partition })
        assertEquals(32, seals.delete(day))
        assertEquals(emptyList<Seal>(), seals.of(day))
    }

    @Test
    fun `of many owners at once each revision is one content, and who begins again gets the next`() {
        val written = ConcurrentHashMap<Int, MutableSet<String>>()
        val running = (1L..16L).map { fence ->
            CompletableFuture.supplyAsync {
                while (true) {
                    val next = seal((seals.of(day, partition)?.revision ?: 0) + 1, fence, 'a' + (fence % 6).toInt())
                    if (seals.write(next, byteArrayOf(1))) {
                        written.computeIfAbsent(next.revision) { ConcurrentHashMap.newKeySet() } += next.digest
                        break
                    }
                }
            }
        }
        running.forEach { it.join() }
        assertEquals((1..written.size).toSet(), written.keys)
        assertTrue(written.values.all { it.size == 1 }, "$written")
    }

    private fun superseded() = seals.superseded(day, partition)

    @Test
    fun `what gave way is kept until the seal in its place is published`() {
        val large = CheckpointsIT.random(2 * Pieces.LENGTH)
        seals.write(seal(1, 7), large)
        assertEquals(0, superseded().size)
        seals.markPublished(day, partition, 1)
        seals.write(seal(2, 7, 'b'), byteArrayOf(2))
        seals.write(seal(3, 8, 'c'), byteArrayOf(3))
        assertEquals(listOf(1 to true, 2 to false), superseded().map { it.revision to it.published })
        assertArrayEquals(large, superseded()[0].form)
        assertArrayEquals(byteArrayOf(2), superseded()[1].form)
        assertFalse(seals.markPublished(day, partition, 2), "revision 2 is not there any more")
        assertEquals(2, superseded().size)
        assertTrue(seals.markPublished(day, partition, 3))
        assertEquals(0, superseded().size)
        assertEquals(0, pieces(), "pieces that nobody owns")
    }

    @Test
    fun `the same content again supersedes nothing, nor does what is refused`() {
        seals.write(seal(2, 7), byteArrayOf(1))
        seals.write(seal(2, 9), byteArrayOf(1))
        seals.write(seal(1, 9, 'b'), byteArrayOf(2))
        assertEquals(0, superseded().size)
    }

    private fun pieces() = started.dataSource.query("SELECT COUNT(*) FROM pieces WHERE owner LIKE ?", "seal/$day/$partition%") {
        it.getInt(1)
    }.single()

    @Test
    fun `an owner whose partition was claimed since seals nothing, whatever the revision`() {
        val checkpoints = Checkpoints(started.dataSource)
        val older = checkpoints.claim(partition).fence
        assertTrue(seals.write(seal(1, older), byteArrayOf(1)))
        val newer = checkpoints.claim(partition).fence
        assertFalse(seals.write(seal(2, older, 'b'), byteArrayOf(2)))
        val other = Day(day.epochDay + 1)
        assertFalse(seals.write(seal(1, older, day = other), byteArrayOf(2)))
        assertNull(seals.of(other, partition))
        assertEquals(2, refused())
        assertTrue(seals.write(seal(2, newer, 'c'), byteArrayOf(3)))
    }
}
