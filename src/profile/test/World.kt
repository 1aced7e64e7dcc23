package twitchactors.profile

import org.apache.kafka.clients.consumer.ConsumerRecord
import org.apache.kafka.common.header.internals.RecordHeaders
import org.apache.kafka.common.record.TimestampType
import org.apache.pekko.NotUsed
import org.apache.pekko.stream.javadsl.Source
import twitchactors.domain.Day
import twitchactors.domain.OpenDayForm
import twitchactors.domain.SlotSets
import java.io.IOException
import java.util.Optional
import java.util.TreeMap
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.CopyOnWriteArrayList

/** One (viewer, streamer, slot). */
internal data class Seen(val viewer: String, val streamer: String, val slot: Int)

/** What an owner of a partition asks of the outside. */
internal enum class Step { TOPIC_ID, CLAIM, SEALS, READ, SAVE, FIX, CLOSE, PUBLISH, DEAD_LETTER }

/** What becomes of a question. */
internal enum class Turn {
    /** It is answered. */
    GO,

    /** The service is away: an error, nothing done. */
    FAIL,

    /** No answer before [World.release]. */
    HOLD,

    /** The owner's process is killed before anything is done. */
    DIE_BEFORE,

    /** The owner's process is killed in the middle; what is one statement is not done, what is many is done by half. */
    DIE_HALFWAY,

    /** The owner's process is killed when it is done, before it hears of it. */
    DIE_AFTER,
}

/**
 * What stands around one partition and outlives its owners, in memory: its records of `sightings`, its checkpoint, its seals and
 * its viewer-days, with the compare-and-set of the real tables.
 */
internal class World(val partition: Int) {
    private class Row(val sealed: SealedDay, val fence: Long, var published: Boolean)

    private class Document(val revision: Int, val seen: Set<Seen>)

    private val records = ArrayList<ConsumerRecord<ByteArray, ByteArray>>()
    private val waiting = TreeMap<Long, CompletableFuture<ConsumerRecord<ByteArray, ByteArray>>>()
    private var fence = 0L
    private val seals = TreeMap<Day, Row>()
    private val documents = HashMap<Day, HashMap<String, Document>>()
    private val held = ArrayList<() -> Unit>()
    private var holding = true
    private var askedFar: Pair<Long, (Long) -> Unit>? = null

    @get:Synchronized
    var checkpoint: Checkpoint? = null
        private set

    /** Writes of owners whose fence was not the greatest any more. */
    @get:Synchronized
    var refused = 0
        private set

    /** The first record that nobody has asked for. */
    @get:Synchronized
    var asked = 0L
        private set

    /** Where each owner began to read. */
    val begins = CopyOnWriteArrayList<Long>()

    /** feed and day of each close that an owner was through with. */
    val closes: MutableSet<Pair<String, Day>> = ConcurrentHashMap.newKeySet()
    val deadLetters = LinkedHashMap<Long, String>()

    /** The process that an owner lives in. [turn] decides about each of its questions, given how many of the kind there were. */
    inner class Life(private val turn: (Step, nth: Int) -> Turn = { _, _ -> Turn.GO }) {
        private val count = HashMap<Step, Int>()

        /** Done when the process is killed: nothing that its owner does from then on has any effect. */
        val death = CompletableFuture<Step>()

        fun outside() = PartitionOutside(
            claim = { ask(Step.CLAIM) { claim() } },
            save = { checkpoint -> ask(Step.SAVE) { save(checkpoint) } },
            sealedDay = { _, day, after -> ask(Step.READ) { seals[day]?.sealed?.takeIf { it.revision > after } } },
            opened = { CompletableFuture.completedFuture(null) },
            fix = { sealed, fence -> ask(Step.FIX) { fix(sealed, fence) } },
            closed = { day, feed, _, _ -> ask(Step.CLOSE) { closes.add(feed to day) } },
            seals = { ask(Step.SEALS) { seals.values.map { SealHead(it.sealed.day, it.sealed.revision, it.published) } } },
            dropped = { _, _, _ -> error("no day is dropped here") },
            publish = { sealed -> ask(Step.PUBLISH, { publish(sealed, half = true) }) { publish(sealed, half = false) } },
            sightings = SightingsTopic(
                records = { _, offset -> source(offset) },
                id = { ask(Step.TOPIC_ID) { "topic" } },
                deadLetter = { record, reason -> ask(Step.DEAD_LETTER) { deadLetters[record.offset()] = reason } },
            ),
            keptOut = KeptOutList(
                version = { 0 },
                now = { CompletableFuture.completedFuture(KeptOut.NOBODY) },
                concerns = { _, _, _ -> CompletableFuture.completedFuture(false) },
                applied = { _, _ -> CompletableFuture.completedFuture(null) },
            ),
        )

        /** How often its owner has asked for [step]. */
        fun asked(step: Step): Int = synchronized(this@World) { count[step] ?: 0 }

        fun kill() {
            death.complete(null)
        }

        private fun <T> ask(step: Step, half: () -> Unit = {}, work: () -> T): CompletionStage<T> = synchronized(this@World) {
            val never = CompletableFuture<T>()
            if (death.isDone) return never
            when (turn(step, count.merge(step, 1, Int::plus)!!)) {
                Turn.GO -> return CompletableFuture.completedFuture(work())
                Turn.FAIL -> return CompletableFuture.failedFuture(IOException("nobody answers"))
                Turn.HOLD -> if (!holding) {
                    return CompletableFuture.completedFuture(work())
                } else {
                    return never.also {
                        held +=
                            { if (!death.isDone) it.complete(work()) }
                    }
                }
                Turn.DIE_BEFORE -> Unit
                Turn.DIE_HALFWAY -> half()
                Turn.DIE_AFTER -> work()
            }
            death.complete(step)
            return never
        }
    }

    /** [tell]s each record from [offset] on that is asked for. */
    @Synchronized
    fun tellAsked(offset: Long, tell: (Long) -> Unit) {
        askedFar = offset to tell
    }

    /** Answers all that is held, and from now on at once. */
    @Synchronized
    fun stopHolding() {
        holding = false
        release()
    }

    /** Answers all that is held now. */
    @Synchronized
    fun release() {
        val all = held.toList()
        held.clear()
        all.forEach { it() }
    }

    /** Adds a record behind all others. */
    @Synchronized
    fun append(value: ByteArray?, version: String = "1"): Long {
        val headers = RecordHeaders().apply { add("v", version.toByteArray()) }
        val offset = records.size.toLong()
        val type = TimestampType.LOG_APPEND_TIME
        records += ConsumerRecord("sightings", partition, offset, 0, type, 0, value?.size ?: 0, null, value, headers, Optional.empty())
        waiting.remove(offset)?.complete(records.last())
        return offset
    }

    @get:Synchronized
    val end: Long get() = records.size.toLong()

    private fun source(from: Long): Source<ConsumerRecord<ByteArray, ByteArray>, NotUsed> {
        synchronized(this) { begins += from }
        return Source.unfoldAsync(from) { at -> record(at).thenApply { Optional.of(org.apache.pekko.japi.Pair.create(at + 1, it)) } }
    }

    @Synchronized
    private fun record(at: Long): CompletionStage<ConsumerRecord<ByteArray, ByteArray>> {
        asked = maxOf(asked, at + 1)
        askedFar?.let { (from, tell) -> if (at >= from) tell(at) }
        if (at < records.size) return CompletableFuture.completedFuture(records[at.toInt()])
        return waiting.getOrPut(at) { CompletableFuture() }
    }

    private fun claim(): Claim {
        fence++
        return checkpoint?.let { Claim(fence, it.offset, it.topicId, it.state) } ?: Claim(fence, 0, null, null)
    }

    private fun save(new: Checkpoint): Boolean {
        if (new.fence != fence) return false.also { refused++ }
        checkpoint = new
        return true
    }

    private fun fix(sealed: SealedDay, fence: Long): Boolean {
        val there = seals[sealed.day]?.sealed
        if (there != null && there.revision == sealed.revision && there.digest == sealed.digest) return true
        if (fence < this.fence) return false.also { refused++ }
        if (there != null && there.revision >= sealed.revision) return false
        seals[sealed.day] = Row(sealed, fence, published = false)
        return true
    }

    private fun publish(sealed: SealedDay, half: Boolean) {
        val all = viewers(sealed)
        val there = documents.getOrPut(sealed.day, ::HashMap)
        for ((viewer, seen) in all.entries.take(if (half) all.size / 2 else all.size)) {
            if ((there[viewer]?.revision ?: 0) <= sealed.revision) there[viewer] = Document(sealed.revision, seen)
        }
        if (!half) seals[sealed.day]?.takeIf { it.sealed.revision == sealed.revision }?.published = true
    }

    /** True when the viewer database has all that was sealed. */
    @Synchronized
    fun isPublished(): Boolean = seals.values.all { it.published }

    @Synchronized
    fun sealed(day: Day): SealedDay? = seals[day]?.sealed

    /** What the viewer database says of [day]. */
    @Synchronized
    fun published(day: Day): Set<Seen> = documents[day].orEmpty().values.flatMapTo(HashSet()) { it.seen }

    @Synchronized
    override fun toString() = "$end records, fence $fence, checkpoint ${checkpoint?.fence} at ${checkpoint?.offset}, began at $begins, " +
        "seals ${seals.values.map { "${it.sealed} by ${it.fence}, published ${it.published}" }}, refused $refused"

    companion object {
        /** What was sealed, by viewer. */
        fun viewers(sealed: SealedDay): Map<String, Set<Seen>> = buildMap<String, MutableSet<Seen>> {
            val day = OpenDayForm.read(sealed.form)
            val streamers = day.sortedStreamers
            day.forEach { viewer, length, streamer, runs, count ->
                val name = viewer.decodeToString(0, length)
                for (i in 0 until count) {
                    for (slot in SlotSets.first(runs[i])..SlotSets.last(runs[i])) {
                        getOrPut(name, ::HashSet) += Seen(name, streamers[streamer].name, slot)
                    }
                }
            }
        }
    }
}
