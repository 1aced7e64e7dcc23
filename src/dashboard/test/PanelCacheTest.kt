package twitchactors.dashboard

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.time.Instant
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CountDownLatch
import java.util.concurrent.atomic.AtomicInteger

class PanelCacheTest {
    private var nanos = 0L
    private val asked = AtomicInteger()
    private val cache = PanelCache({ nanos }, keptNanos = 100)
    private val question = Questions.about(Instant.parse("2022-08-02T00:00:00Z"))

    private fun panel(query: (Question) -> Table) = Panel("made-up", "Made up", "By hand.", Origin.NODE, Look.Rows, query = query)

    private fun rows(count: Int) = Table(listOf(Column.count("count", "Count")), List(count) { Row(it) })

    @Test
    fun `an answer is kept for its time and then asked for again`() {
        val panel = panel { rows(asked.incrementAndGet()) }
        assertEquals(1, cache.ask(panel, question).table.rows.size)
        nanos = 99
        assertEquals(1, cache.ask(panel, question).table.rows.size)
        nanos = 101
        assertEquals(2, cache.ask(panel, question).table.rows.size)
    }

    @Test
    fun `what admins see is never kept for visitors`() {
        val panel = panel { rows(if (it.isAdmin) 2 else 1) }
        assertEquals(2, cache.ask(panel, Question(question.reads, question.period, isAdmin = true)).table.rows.size)
        assertEquals(1, cache.ask(panel, question).table.rows.size)
    }

    @Test
    fun `many who ask at once cost one question`() {
        val open = CountDownLatch(1)
        val panel = panel {
            asked.incrementAndGet()
            open.await()
            rows(1)
        }
        val all = List(8) { CompletableFuture.supplyAsync({ cache.ask(panel, question) }) { Thread(it).start() } }
        open.countDown()
        all.forEach { assertFalse(it.join().failed) }
        assertEquals(1, asked.get())
    }

    @Test
    fun `a query that fails is a panel that says so, and is tried again later`() {
        val panel = panel { if (asked.incrementAndGet() == 1) error("away") else rows(1) }
        val failed = cache.ask(panel, question)
        assertTrue(failed.failed && "does not answer" in failed.table.why.orEmpty())
        nanos = 101
        assertFalse(cache.ask(panel, question).failed)
    }
}
