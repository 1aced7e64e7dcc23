package twitchactors.collect

import org.apache.kafka.clients.producer.ProducerRecord
import org.apache.pekko.Done
import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.pattern.Patterns
import org.apache.pekko.stream.BoundedSourceQueue
import org.apache.pekko.stream.QueueOfferResult
import org.apache.pekko.stream.javadsl.Keep
import org.apache.pekko.stream.javadsl.Sink
import org.apache.pekko.stream.javadsl.Source
import org.slf4j.LoggerFactory
import java.time.Duration
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.concurrent.atomic.AtomicBoolean

/**
 * The one way from this node to Kafka: a stream with room for so many bytes that are not acknowledged. Who has more waits, or gives
 * up; what is taken in is sent until Kafka acknowledges it, however long that takes. It is lost only with its node.
 *
 * @param send done when all of the records are acknowledged; it may fail, then they are sent again
 * @param bytes of records in it, at most
 * @param inFlight so many polls are sent at a time and not acknowledged
 * @param retryAfter how long it waits when Kafka has refused
 */
class SamplesOut(
    private val system: ActorSystem<*>,
    private val send: (List<ProducerRecord<ByteArray, ByteArray>>) -> CompletionStage<*>,
    bytes: Long,
    inFlight: Int,
    private val retryAfter: Duration,
    private val board: CollectBoard,
) {
    private class Poll(val records: List<ProducerRecord<ByteArray, ByteArray>>, val size: Long) {
        val acknowledged = CompletableFuture<Done>()
    }

    /**
     * Records of one poll that are to go out.
     *
     * @param isTaken done when they are taken in: they cannot be withdrawn any more
     * @param isAcknowledged done when Kafka has them. It does not fail while the node lives
     */
    class Offer internal constructor(
        val isTaken: CompletionStage<*>,
        val isAcknowledged: CompletionStage<Done>,
        private val withdrawal: () -> Boolean,
    ) {
        /** Takes the offer back; false when it is taken in already. */
        fun withdraw(): Boolean = withdrawal()
    }

    private val room = Room(bytes, bytes / RESERVE)
    private val queue: BoundedSourceQueue<Poll>
    private val done: CompletionStage<Done>
    private val isEnding = AtomicBoolean()

    @Volatile
    private var isOver = false

    init {
        val running = Source.queue<Poll>(MOST_WAITING)
            .mapAsyncUnordered(inFlight) { poll -> sendUntilAcknowledged(poll) }
            .toMat(Sink.ignore(), Keep.both())
            .run(system)
        queue = running.first()
        done = running.second()
        board.showBuffer(bytes, room::used)
    }

    /** Offers the [records] of one poll, which go out together. */
    fun offer(records: List<ProducerRecord<ByteArray, ByteArray>>): Offer {
        val poll = Poll(records, size(records))
        val place = room.enter(poll.size)
        return Offer(place.isGiven.thenApply { enqueue(poll) }, poll.acknowledged) { room.withdraw(place) }
    }

    /** Sends [record], a small one, without waiting; false when there is no room for it. */
    fun sendNow(record: ProducerRecord<ByteArray, ByteArray>): Boolean {
        val poll = Poll(listOf(record), size(listOf(record)))
        if (!room.enterNow(poll.size)) return false
        enqueue(poll)
        return true
    }

    /** Ends it: takes nothing more in; done when all that is in it is acknowledged, or given up by [stop]. */
    fun drain(): CompletionStage<Done> {
        end()
        return done
    }

    /** Ends it at once: what Kafka has not acknowledged by now is given up. */
    fun stop() {
        isOver = true
        end()
    }

    /** The queue does not take it that it is ended twice. */
    private fun end() {
        if (!isEnding.getAndSet(true)) queue.complete()
    }

    private fun size(records: List<ProducerRecord<ByteArray, ByteArray>>) = records.sumOf { OVERHEAD + it.value().size }

    private fun enqueue(poll: Poll) {
        // The room is smaller than the queue, so the queue is never full; it is closed when the node ends.
        if (queue.offer(poll) != QueueOfferResult.enqueued()) {
            room.leave(poll.size)
            poll.acknowledged.completeExceptionally(IllegalStateException("this node ends"))
        }
    }

    private fun sendUntilAcknowledged(poll: Poll): CompletionStage<Done> {
        val sent: CompletionStage<*> = try {
            send(poll.records)
        } catch (failure: RuntimeException) {
            CompletableFuture.failedFuture<Done>(failure)
        }
        return sent.handle { _, failure -> failure }.thenCompose { failure ->
            when {
                failure == null -> {
                    board.kafkaAnswers()
                    room.leave(poll.size)
                    poll.acknowledged.complete(Done.getInstance())
                    CompletableFuture.completedFuture(Done.getInstance())
                }
                isOver -> CompletableFuture.completedFuture(Done.getInstance())
                else -> {
                    val reason = generateSequence(failure) { it.cause }.last().let { it.message ?: it.toString() }
                    if (board.kafkaIsAway(reason)) log.warn("samples wait, for Kafka did not take them: {}", reason)
                    Patterns.after(retryAfter, system.classicSystem()) { sendUntilAcknowledged(poll) }
                }
            }
        }
    }

    private companion object {
        val log = LoggerFactory.getLogger(SamplesOut::class.java)

        /** Bytes of a record besides its value, about. */
        const val OVERHEAD = 200L

        /** A part of the room that is kept for gaps. */
        const val RESERVE = 8

        /** Far more polls than the largest room has place for. */
        const val MOST_WAITING = 10_000_000
    }
}
