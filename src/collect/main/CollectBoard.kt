package twitchactors.collect

import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.atomic.AtomicInteger
import java.util.concurrent.atomic.AtomicReference
import java.util.concurrent.atomic.LongAdder

/** What collecting in this JVM says of itself, for pages and metrics. All counts are since this JVM started. */
class CollectBoard {
    /** Samples that were handed to the stream to Kafka. */
    val samples = LongAdder()

    /** Polls that found the streamer offline. */
    val offline = LongAdder()

    /** Logins in samples. */
    val logins = LongAdder()

    /** Names that are kept out and were left out of samples. */
    val keptOut = LongAdder()

    /** Gaps that could not even be published, for the way to Kafka was full; the closing of the day lists them. */
    val gapsUnsaid = LongAdder()

    /** Polls that go on. */
    val pollsInFlight = AtomicInteger()

    /** Streamers that are polled by this node. */
    val pollers = AtomicInteger()

    private val reasons = ConcurrentHashMap<String, LongAdder>()
    private val troubleOfKafka = AtomicReference<String?>()

    @Volatile
    private var buffer: Pair<Long, () -> Long> = 0L to { 0L }

    @Volatile
    private var roster: RosterStatus? = null

    @Volatile
    private var closing: ClosingStatus? = null

    /**
     * The roster, where it is kept.
     *
     * @param trouble why the list of the top streamers is an old one; null when it is not
     */
    data class RosterStatus(val tracked: Int, val pinned: Int, val paused: Int, val trouble: String?)

    /**
     * How far the days are looked through for gaps, where that is done.
     *
     * @param slotsBehind slots that are due and not looked through
     */
    data class ClosingStatus(val lastLookedThrough: DaySlot?, val slotsBehind: Int, val trouble: String?)

    /** Gaps by their reason; reasons beyond the first [MOST_REASONS] count as [OTHER]. */
    fun gaps(): Map<String, Long> = reasons.mapValues { it.value.sum() }.toSortedMap()

    /** Bytes that wait for Kafka, and for how many there is room. */
    val bufferFill: Pair<Long, Long> get() = buffer.let { (bytes, used) -> used() to bytes }

    /** Why Kafka takes no samples; null when all is well. */
    val kafkaTrouble: String? get() = troubleOfKafka.get()

    /** Null where the roster is kept by another node. */
    fun roster(): RosterStatus? = roster

    /** Null where days are closed by another node. */
    fun closing(): ClosingStatus? = closing

    internal fun gap(reason: String) {
        val key = if (reasons.size < MOST_REASONS || reasons.containsKey(reason)) reason else OTHER
        reasons.computeIfAbsent(key) { LongAdder() }.increment()
    }

    internal fun showBuffer(bytes: Long, used: () -> Long) {
        buffer = bytes to used
    }

    internal fun show(status: RosterStatus?) {
        roster = status
    }

    internal fun show(status: ClosingStatus?) {
        closing = status
    }

    /** Notes that Kafka does not answer; true when that is news. */
    internal fun kafkaIsAway(reason: String): Boolean = troubleOfKafka.getAndSet(reason) == null

    internal fun kafkaAnswers() {
        if (troubleOfKafka.get() != null) troubleOfKafka.set(null)
    }

    companion object {
        const val MOST_REASONS = 64
        const val OTHER = "other"
    }
}
