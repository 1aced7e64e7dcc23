package twitchactors.collect

import org.apache.kafka.clients.producer.ProducerRecord
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.io.IOException
import java.time.Duration
import java.time.Instant
import java.util.concurrent.CompletableFuture

class SamplesOutTest {
    private val time = TestTime(Instant.parse("2022-08-01T10:00:00Z"))
    private val board = CollectBoard()
    private val retryAfter = Duration.ofSeconds(2)

    /** What was sent, and how Kafka answers it. */
    private class Sent(val key: String, val answer: CompletableFuture<Unit>)

    private val sent = ArrayList<Sent>()

    @AfterEach
    fun stop() = time.close()

    private fun out(bytes: Long = ROOM, inFlight: Int = 100) = SamplesOut(
        time.system,
        { records ->
            CompletableFuture<Unit>().also { answer -> sent += Sent(records.joinToString("+") { it.key().decodeToString() }, answer) }
        },
        bytes,
        inFlight,
        retryAfter,
        board,
    )

    /** A record that takes [size] bytes of the room. */
    private fun record(key: String, size: Int = 1000) = ProducerRecord("samples", key.toByteArray(), ByteArray(size - OVERHEAD))

    private fun SamplesOut.offered(key: String, size: Int = 1000) = time.doing { offer(listOf(record(key, size))) }

    private fun keys() = sent.map { it.key }

    private fun acknowledge(key: String) = time.doing { sent.last { it.key == key }.answer.complete(Unit) }

    private fun refuse(key: String, why: Throwable = IOException("no broker")) =
        time.doing { sent.last { it.key == key }.answer.completeExceptionally(why) }

    private fun isTaken(offer: SamplesOut.Offer) = offer.isTaken.toCompletableFuture().isDone

    private fun isAcknowledged(offer: SamplesOut.Offer) = offer.isAcknowledged.toCompletableFuture().isDone

    @Test
    fun `no more bytes are on their way than there is room for, and who waits gets in in turn`() {
        val out = out()
        val offers = List(14) { out.offered("$it") }
        assertEquals(List(8) { "$it" }, keys())
        assertEquals(List(14) { it < 8 }, offers.map(::isTaken))
        assertEquals(ROOM to ROOM, board.bufferFill)
        acknowledge("3")
        acknowledge("0")
        assertEquals(List(10) { "$it" }, keys())
        assertEquals(listOf(true, false), listOf(offers[3], offers[1]).map(::isAcknowledged))
        // A poll that does not fit yet keeps its turn: a small one behind it does not get past.
        val large = out.offered("large", 3000)
        val small = out.offered("small", 300)
        listOf("1", "2", "4", "5").forEach(::acknowledge)
        assertEquals(List(14) { "$it" }, keys())
        listOf("6", "7").forEach(::acknowledge)
        assertFalse(isTaken(large) || isTaken(small))
        acknowledge("8")
        assertTrue(isTaken(large) && !isTaken(small))
        acknowledge("9")
        assertTrue(isTaken(small))
    }

    @Test
    fun `the records of a poll go out together, and count together`() {
        val out = out()
        val poll = time.doing { out.offer(listOf(record("a"), record("b"), record("c"))) }
        assertEquals(listOf("a+b+c"), keys())
        assertEquals(3000L to ROOM, board.bufferFill)
        acknowledge("a+b+c")
        assertTrue(isAcknowledged(poll))
        assertEquals(0L to ROOM, board.bufferFill)
    }

    @Test
    fun `what is offered first is sent first, and no more at a time than may be`() {
        val out = out(inFlight = 2)
        repeat(4) { out.offered("$it") }
        assertEquals(listOf("0", "1"), keys())
        acknowledge("1")
        assertEquals(listOf("0", "1", "2"), keys())
        acknowledge("0")
        assertEquals(listOf("0", "1", "2", "3"), keys())
    }

    @Test
    fun `what Kafka refuses is sent again and again, holds its room meanwhile, and is in nobody's way`() {
        val out = out()
        val refused = out.offered("refused")
        val other = out.offered("other")
        repeat(3) {
            refuse("refused")
            assertEquals("no broker", board.kafkaTrouble)
            time.pass(retryAfter.minusMillis(1))
            assertEquals(it + 1, keys().count { key -> key == "refused" })
            time.pass(Duration.ofMillis(1))
            assertEquals(it + 2, keys().count { key -> key == "refused" })
        }
        assertEquals(2000L to ROOM, board.bufferFill)
        acknowledge("other")
        assertTrue(isAcknowledged(other) && !isAcknowledged(refused))
        assertEquals(null, board.kafkaTrouble)
        acknowledge("refused")
        assertTrue(isAcknowledged(refused))
        assertEquals(0L to ROOM, board.bufferFill)
        time.pass(Duration.ofHours(1))
        assertEquals(5, sent.size)
    }

    @Test
    fun `a producer that throws instead of failing is asked again too`() {
        var isBroken = true
        val out = SamplesOut(
            time.system,
            { if (isBroken) error("closed") else CompletableFuture.completedFuture(Unit) },
            ROOM,
            1,
            retryAfter,
            board,
        )
        val offer = out.offered("a")
        time.pass(retryAfter)
        assertFalse(isAcknowledged(offer))
        isBroken = false
        time.pass(retryAfter)
        assertTrue(isAcknowledged(offer))
    }

    @Test
    fun `gaps have a reserve that samples cannot take, and it is bounded too`() {
        val out = out()
        repeat(9) { out.offered("$it") }
        // An eighth of the room besides.
        assertEquals(List(4) { it < 3 }, List(4) { time.doing { out.sendNow(record("gap$it", 300)) } })
        assertEquals(List(8) { "$it" } + listOf("gap0", "gap1", "gap2"), keys())
        acknowledge("gap1")
        assertFalse("8" in keys(), "room of the reserve is none for samples")
        acknowledge("0")
        assertFalse("8" in keys())
        acknowledge("gap0")
        acknowledge("gap2")
        assertTrue("8" in keys())
    }

    @Test
    fun `a poll larger than all of the room goes out alone`() {
        val out = out()
        out.offered("small")
        val large = out.offered("large", 3 * ROOM.toInt())
        assertFalse(isTaken(large))
        acknowledge("small")
        assertEquals(listOf("small", "large"), keys())
        assertFalse(time.doing { out.sendNow(record("gap", 300)) })
        acknowledge("large")
        assertTrue(isAcknowledged(large))
    }

    @Test
    fun `what is taken back is never sent, and what is sent cannot be taken back`() {
        val out = out()
        val inside = List(8) { out.offered("$it") }
        val waiting = out.offered("waiting")
        val next = out.offered("next")
        assertFalse(inside[0].withdraw())
        assertTrue(waiting.withdraw())
        assertFalse(waiting.withdraw(), "once is enough")
        acknowledge("0")
        assertEquals("next", keys().last())
        assertTrue(isTaken(next))
        acknowledge("1")
        assertFalse("waiting" in keys())
    }

    @Test
    fun `at the end nothing more is taken in, and it is over when all is acknowledged`() {
        val out = out()
        val inside = out.offered("inside")
        refuse("inside")
        val over = time.doing { out.drain() }.toCompletableFuture()
        val late = out.offered("late")
        assertTrue(late.isAcknowledged.toCompletableFuture().isCompletedExceptionally)
        time.pass(retryAfter)
        assertFalse(over.isDone)
        acknowledge("inside")
        assertTrue(over.isDone && isAcknowledged(inside))
        assertEquals(listOf("inside", "inside"), keys())
        assertEquals(0L to ROOM, board.bufferFill)
    }

    @Test
    fun `however many wait, all of them hear of the end`() {
        val out = out()
        repeat(8) { out.offered("$it") }
        val waiting = List(20_000) { out.offer(listOf(record("waiting"))) }
        time.doing { out.drain() }
        acknowledge("0")
        assertEquals(0, waiting.count { !it.isAcknowledged.toCompletableFuture().isCompletedExceptionally })
    }

    @Test
    fun `an end at once gives up what Kafka refuses`() {
        val out = out()
        val lost = out.offered("lost")
        time.doing { out.stop() }
        refuse("lost")
        time.pass(Duration.ofHours(1))
        assertEquals(listOf("lost"), keys())
        assertFalse(isAcknowledged(lost))
    }

    @Test
    fun `who has waited long enough for the end gives up what Kafka refuses, and then it is over`() {
        val out = out()
        out.offered("lost")
        val over = time.doing { out.drain() }.toCompletableFuture()
        time.doing { out.stop() }
        assertFalse(over.isDone)
        refuse("lost")
        assertTrue(over.isDone)
    }

    private companion object {
        const val ROOM = 8000L

        /** What is counted for a record besides its value. */
        const val OVERHEAD = 200
    }
}
