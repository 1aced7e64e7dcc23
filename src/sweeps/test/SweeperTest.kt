package twitchactors.sweeps

import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import twitchactors.domain.CategoryRow
import twitchactors.domain.StreamRow
import twitchactors.sources.Category
import twitchactors.sources.NoAnswer
import java.time.Duration
import java.time.Instant
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.LongAdder

class SweeperTest {
    private val testKit = ActorTestKit.create(ManualTime.config())
    private val time = ManualTime.get(testKit.system())
    private val begin = Instant.parse("2025-02-23T16:58:44.300Z")

    @Volatile
    private var now = begin
    private var speed = 1L
    private val categoryMeter = SweepMeter()
    private val streamMeter = SweepMeter()
    private val chess = Streams.category(1, "Chess")

    private class Asked<Row>(val at: String, val categories: List<Category>, val answer: CompletableFuture<Swept<Row>>)
    private class Given(val at: String, val rows: Int, val safe: CompletableFuture<Unit>)

    private val categoriesAsked = LinkedBlockingQueue<Asked<CategoryRow>>()
    private val streamsAsked = LinkedBlockingQueue<Asked<StreamRow>>()
    private val given = LinkedBlockingQueue<Given>()

    @AfterEach
    fun stop() = testKit.shutdownTestKit()

    private fun start(settings: SweepsSettings = SweepsSettings()) {
        val outside = SweepOutside(
            now = { now },
            lasts = { it.dividedBy(speed) },
            sweepCategories = { at -> ask(categoriesAsked, at, emptyList()) },
            sweepStreams = { at, categories -> ask(streamsAsked, at, categories) },
            deliverCategories = { give(it) },
            deliverStreams = { give(it) },
        )
        testKit.spawn(Sweeper.create(outside, settings, categoryMeter, streamMeter))
    }

    private fun <Row> ask(queue: LinkedBlockingQueue<Asked<Row>>, at: Instant, categories: List<Category>): CompletionStage<Swept<Row>> =
        Asked(RowTimes.text(at).takeLast(8), categories, CompletableFuture<Swept<Row>>()).also(queue::add).answer

    private fun give(swept: Swept<*>) =
        Given(RowTimes.text(swept.timestamp).takeLast(8), swept.rows.size, CompletableFuture()).also(given::add).safe

    private fun pass(duration: Duration) {
        now += duration
        time.timePasses(duration.dividedBy(speed))
    }

    private fun <T> LinkedBlockingQueue<T>.next(): T = checkNotNull(poll(5, TimeUnit.SECONDS)) { "nothing came" }

    private fun <T> LinkedBlockingQueue<T>.hasNone() = assertEquals(null, poll(200, TimeUnit.MILLISECONDS))

    /** Waits until the sweeper has heard of it. */
    private fun LongAdder.comesTo(expected: Long) {
        testKit.createTestProbe<Any>().awaitAssert(Duration.ofSeconds(10)) {
            // A timer that was set when its time had been passed already needs a moment more.
            if (sum() != expected) pass(Duration.ofMillis(1))
            assertEquals(expected, sum())
        }
    }

    private fun <Row> Asked<Row>.found(rows: Int, row: Row, leftOut: Map<String, String> = emptyMap()) =
        answer.complete(Swept(Instant.parse("2025-02-23T${at}Z"), listOf(chess), List(rows) { row }, leftOut, 0))

    private val category = CategoryRow(begin, "Chess", 5, "", "")
    private val stream = StreamRow(begin, "Chess", "", twitchactors.domain.Login.require("a"), 5, "")

    @Test
    fun `sweeps begin at once, and then at the full multiples of their intervals, streams of the categories found last`() {
        start()
        val first = categoriesAsked.next()
        assertEquals("16:58:44", first.at)
        streamsAsked.hasNone()
        first.found(3, category)
        given.next().safe.complete(Unit)
        val streams = streamsAsked.next()
        assertEquals("16:58:44" to listOf(chess), streams.at to streams.categories)
        streams.found(2, stream)
        given.next().safe.complete(Unit)
        pass(Duration.ofMillis(15_699))
        streamsAsked.hasNone()
        pass(Duration.ofMillis(1))
        assertEquals("16:59:00", streamsAsked.next().also { it.found(2, stream) }.at)
        given.next().safe.complete(Unit)
        streamMeter.sweeps.comesTo(2)
        pass(Duration.ofMinutes(1))
        assertEquals("17:00:00", categoriesAsked.next().at)
        assertEquals("17:00:00", streamsAsked.next().at)
    }

    @Test
    fun `what outlasts its interval costs the next one, and that is counted`() {
        start()
        categoriesAsked.next().found(1, category)
        given.next().safe.complete(Unit)
        val slow = streamsAsked.next()
        pass(Duration.ofMinutes(1))
        streamMeter.overruns.comesTo(1)
        pass(Duration.ofMinutes(1))
        streamsAsked.hasNone()
        streamMeter.overruns.comesTo(2)
        slow.found(4, stream)
        // A sweep is over when its rows are safe.
        val unsafe = given.next()
        assertEquals("16:58:44" to 4, unsafe.at to unsafe.rows)
        pass(Duration.ofMinutes(1))
        streamsAsked.hasNone()
        streamMeter.overruns.comesTo(3)
        unsafe.safe.complete(Unit)
        streamMeter.sweeps.comesTo(1)
        pass(Duration.ofMinutes(1))
        assertEquals("17:02:44", streamsAsked.next().at)
        streamMeter.rows.comesTo(4)
    }

    @Test
    fun `a sweep that fails is counted, and the next one comes in its time, of the categories known before`() {
        start()
        categoriesAsked.next().answer.completeExceptionally(NoAnswer("Twitch answered 503"))
        streamsAsked.hasNone()
        categoryMeter.failed.comesTo(1)
        pass(Duration.ofMinutes(2))
        categoriesAsked.next().found(1, category, mapOf("Go" to "Twitch answered 500"))
        given.next().safe.completeExceptionally(IllegalStateException("Kafka is away"))
        categoryMeter.failed.comesTo(2)
        streamsAsked.next().found(1, stream)
        given.next().safe.complete(Unit)
        streamMeter.sweeps.comesTo(1)
        pass(Duration.ofMinutes(30))
        assertEquals("17:30:44", categoriesAsked.next().also { it.answer.completeExceptionally(NoAnswer("again")) }.at)
        assertEquals(listOf(chess), streamsAsked.next().categories)
        categoryMeter.leftOut.comesTo(1)
        categoryMeter.failed.comesTo(3)
    }

    @Test
    fun `in a world at 60 times the speed a minute takes a second`() {
        speed = 60
        start()
        categoriesAsked.next().found(1, category)
        streamsAsked.next().found(1, stream)
        repeat(2) { given.next().safe.complete(Unit) }
        pass(Duration.ofSeconds(15))
        streamsAsked.hasNone()
        pass(Duration.ofSeconds(1))
        assertEquals("16:59:00", streamsAsked.next().at)
    }

    @Test
    fun `intervals are those of the settings`() {
        start(SweepsSettings(categoriesEvery = Duration.ofSeconds(10), streamsEvery = Duration.ofSeconds(5)))
        categoriesAsked.next().found(1, category)
        streamsAsked.next().found(1, stream)
        repeat(2) { given.next().safe.complete(Unit) }
        categoryMeter.sweeps.comesTo(1)
        streamMeter.sweeps.comesTo(1)
        pass(Duration.ofSeconds(1))
        assertEquals("16:58:45", streamsAsked.next().at)
        categoriesAsked.hasNone()
        pass(Duration.ofSeconds(5))
        assertEquals("16:58:50", categoriesAsked.next().at)
    }
}
