package twitchactors.store

import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith
import java.util.SplittableRandom
import java.util.concurrent.CompletableFuture
import java.util.concurrent.atomic.AtomicInteger

@ExtendWith(TestStores::class)
class CheckpointsIT(started: TestStores.Started) {
    private val dataSource = started.dataSource
    private val fenced = FencedWrites(dataSource)
    private val checkpoints = Checkpoints(dataSource, fenced)

    private fun attempts(partition: Int) = fenced.attempts(partition, FencedWrites.What.CHECKPOINT)

    @Test
    fun `the first owner finds nothing, the next what the first wrote`() {
        val partition = newPartition()
        val first = checkpoints.claim(partition)
        assertNull(first.state)
        assertNull(first.topicId)
        assertEquals(0, first.nextOffset)
        assertTrue(checkpoints.write(partition, first.fence, 42, "topic", "state".toByteArray()))
        val second = checkpoints.claim(partition)
        assertTrue(second.fence > first.fence)
        assertEquals(42, second.nextOffset)
        assertEquals("topic", second.topicId)
        assertEquals("state", second.state!!.decodeToString())
    }

    @Test
    fun `of two owners the older one's write is refused and counted, and changes nothing`() {
        val partition = newPartition()
        val before = fenced.here
        val older = checkpoints.claim(partition)
        val newer = checkpoints.claim(partition)
        assertTrue(checkpoints.write(partition, newer.fence, 10, "topic", byteArrayOf(2)))
        assertFalse(checkpoints.write(partition, older.fence, 99, "topic", byteArrayOf(1)))
        assertFalse(checkpoints.write(partition, older.fence, 100, "topic", random(3 * Pieces.LENGTH)))
        assertEquals(2, attempts(partition))
        assertEquals(before + 2, fenced.here)
        assertTrue(checkpoints.write(partition, newer.fence, 11, "topic", byteArrayOf(3)))
        val now = checkpoints.claim(partition)
        assertEquals(11, now.nextOffset)
        assertArrayEquals(byteArrayOf(3), now.state)
    }

    @Test
    fun `a claim alone stops the older owner, before the newer one has written`() {
        val partition = newPartition()
        val older = checkpoints.claim(partition)
        assertTrue(checkpoints.write(partition, older.fence, 1, "topic", byteArrayOf(1)))
        val read = checkpoints.claim(partition)
        assertFalse(checkpoints.write(partition, older.fence, 2, "topic", byteArrayOf(2)))
        assertEquals(1, read.nextOffset)
        assertEquals(1, checkpoints.claim(partition).nextOffset)
        assertEquals(1, attempts(partition))
    }

    @Test
    fun `of many owners at once all have fences of their own and only the last can write`() {
        val partition = newPartition()
        val claims = List(16) { CompletableFuture.supplyAsync { checkpoints.claim(partition) } }.map { it.join() }
        assertEquals((1L..16L).toList(), claims.map { it.fence }.sorted())
        val written = AtomicInteger()
        claims.map { claim ->
            CompletableFuture.runAsync {
                if (checkpoints.write(partition, claim.fence, claim.fence, "t", byteArrayOf(1))) written.incrementAndGet()
            }
        }.forEach { it.join() }
        assertEquals(1, written.get())
        assertEquals(16, checkpoints.claim(partition).nextOffset)
        assertEquals(15, attempts(partition))
    }

    @Test
    fun `a state larger than a statement may be comes back whole, and a small one after it`() {
        val partition = newPartition()
        val claim = checkpoints.claim(partition)
        for (size in listOf(5 * Pieces.LENGTH + 1, 0, 2 * Pieces.LENGTH, 1000)) {
            val state = random(size)
            assertTrue(checkpoints.write(partition, claim.fence, size.toLong(), "topic", state))
            // Read by another owner, who must leave what it reads as it is.
            val next = checkpoints.claim(partition)
            assertArrayEquals(state, next.state)
            assertTrue(checkpoints.write(partition, next.fence, 1, "topic", state))
            assertArrayEquals(state, checkpoints.claim(partition).state)
            // The test goes on as the owner that it was.
            dataSource.update("UPDATE partition_checkpoints SET fence = ? WHERE `partition` = ?", claim.fence, partition)
        }
        assertEquals(0, dataSource.query("SELECT COUNT(*) FROM pieces WHERE owner = ?", "checkpoint/$partition") { it.getInt(1) }.single())
    }

    @Test
    fun `the same checkpoint written twice is no refused one`() {
        val partition = newPartition()
        val claim = checkpoints.claim(partition)
        repeat(3) { assertTrue(checkpoints.write(partition, claim.fence, 1, "topic", byteArrayOf(1))) }
        assertEquals(0, attempts(partition))
    }

    @Test
    fun `looking at a checkpoint claims nothing`() {
        val partition = newPartition()
        assertNull(checkpoints.read(partition))
        val claim = checkpoints.claim(partition)
        assertNull(checkpoints.read(partition)!!.state)
        val state = random(2 * Pieces.LENGTH)
        checkpoints.write(partition, claim.fence, 5, "topic", state)
        assertArrayEquals(state, checkpoints.read(partition)!!.state)
        assertEquals(claim.fence, checkpoints.read(partition)!!.fence)
        assertTrue(checkpoints.write(partition, claim.fence, 6, "topic", byteArrayOf(1)))
    }

    @Test
    fun `ages and sizes are known`() {
        val partition = newPartition()
        val claim = checkpoints.claim(partition)
        assertNull(checkpoints.ages().first { it.partition == partition }.age)
        checkpoints.write(partition, claim.fence, 7, "topic", ByteArray(1000))
        val age = checkpoints.ages().first { it.partition == partition }
        assertEquals(1000, age.stateBytes)
        assertEquals(7, age.nextOffset)
        assertEquals(1, age.pieces)
        assertNotNull(age.age)
        assertTrue(age.age!!.seconds in 0..60)
    }

    companion object {
        private val partitions = AtomicInteger(1000)

        /** One that no other test uses. */
        fun newPartition() = partitions.incrementAndGet()

        fun random(size: Int) = ByteArray(size).also(SplittableRandom(size.toLong())::nextBytes)
    }
}
