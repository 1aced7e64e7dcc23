package twitchactors.profile

import org.apache.kafka.clients.consumer.InvalidOffsetException
import org.apache.pekko.actor.typed.ActorRef
import org.apache.pekko.actor.typed.Behavior
import org.apache.pekko.actor.typed.PostStop
import org.apache.pekko.actor.typed.javadsl.ActorContext
import org.apache.pekko.actor.typed.javadsl.Behaviors
import org.apache.pekko.actor.typed.javadsl.TimerScheduler
import org.apache.pekko.stream.Attributes
import org.apache.pekko.stream.UniqueKillSwitch
import org.apache.pekko.stream.javadsl.Keep
import org.apache.pekko.stream.typed.javadsl.ActorSink
import twitchactors.domain.DamagedForm
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.Partitions
import twitchactors.profile.Troubles.Work
import twitchactors.topics.Logins
import twitchactors.topics.wire.DayClosed
import twitchactors.topics.wire.Sightings
import twitchactors.topics.wire.SightingsRecord
import java.time.Duration
import java.time.Instant
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage

/**
 * Owns one partition of the viewers: folds its records of `sightings` into days, writes checkpoints of state and offset
 * together, seals a day when every partition of `samples` has closed it, and publishes what was sealed.
 *
 * It claims a fence before it reads its checkpoint; a former owner's writes are refused from then on, and that owner stops. When
 * it ends, for whatever reason, what came after its last checkpoint is read again by the next owner. A service that is away is
 * asked again; meanwhile the stream waits. At most one write of each kind is under way.
 */
class ViewerPartition private constructor(
    private val context: ActorContext<Command>,
    private val timers: TimerScheduler<Command>,
    private val partition: Int,
    private val partitions: Partitions,
    private val outside: PartitionOutside,
    private val settings: ProfileSettings,
    private val board: PartitionBoard,
) {
    sealed interface Command

    /** Wakes the partition up, wherever it is to live; says nothing to one that is awake. */
    data object Awake : Command, WireMessage

    /** Asks what is known of [login], a viewer of this partition, on the days in memory. */
    data class GetProfile(val login: String, val replyTo: ActorRef<Profile>) :
        Command,
        WireMessage

    /** Slots by day (`yyyy-MM-dd`) and streamer, as text like `12-40,55`. */
    data class Profile(val login: String, val days: Map<String, Map<String, String>>) : WireMessage

    /** The partition is to move to another node: it writes a last checkpoint and ends. */
    data object HandOver : Command, WireMessage

    private data class Claimed(val claim: Claim, val topicId: String, val list: KeptOut) : Command
    private data class SealsRead(val list: KeptOut, val later: List<SealedDay>) : Command

    /** [resealed] is null when a newer owner has claimed the partition. */
    private data class Cleared(
        val list: KeptOut,
        val isConcerned: Boolean,
        val resealed: List<SealRewrite.Resealed>?,
        val seals: List<SealHead>,
    ) : Command

    private data class ReadSealsAgain(val list: KeptOut) : Command
    private data class ClearAgain(val list: KeptOut) : Command
    private data class StreamOpened(val ackTo: ActorRef<Ack>) : Command
    private data class Fold(val records: List<OffsetRecord>, val ackTo: ActorRef<Ack>) : Command
    private data class StreamFailed(val cause: Throwable) : Command
    private data object StreamDone : Command
    private data class DayRead(val day: Day, val sealed: SealedDay?) : Command
    private data object CheckpointDue : Command
    private data class Saved(val offset: Long, val isOwner: Boolean) : Command
    private data class Fixed(val taken: Taken, val isOwner: Boolean) : Command
    private data class Published(val day: Day) : Command
    private data object ListDue : Command
    private data class ListRead(val list: KeptOut, val concerns: Boolean) : Command
    private data class ListNoted(val version: Long) : Command

    /** [work] has failed; [again] is the message that tries it again. */
    private data class Failed(val work: Work, val cause: Throwable, val again: Command) : Command
    private data object ClaimAgain : Command
    private data class ReadDayAgain(val day: Day) : Command
    private data object FixAgain : Command
    private data object PublishAgain : Command
    private data object NoteListAgain : Command
    private data object HandOverTimeout : Command

    /** Lets the stream go on. */
    data object Ack

    /** A batch that waits for a day to be read; it goes on at [next]. */
    private class Paused(val records: List<OffsetRecord>, val next: Int, val ackTo: ActorRef<Ack>)

    /** A control record that was taken in and is not noted outside yet. */
    private sealed interface Taken {
        val day: Day
    }

    /** The end of a feed of [day]: with what was sealed then, unless nothing had changed since the seal of [revision]. */
    private class Closing(override val day: Day, val feed: String, val revision: Int, val sealed: SealedDay?) : Taken
    private class Dropping(override val day: Day, val id: String) : Taken

    /** A sealed day on its way; its content is null where it is to be read first. */
    private class Publishing(val day: Day, val revision: Int, val sealed: SealedDay?)

    private var state = PartitionState(partition, KeptOut.NOBODY)
    private var fence = 0L
    private var topicId = ""
    private var offset = 0L
    private var savedOffset = 0L
    private var savedAt: Instant? = null
    private var saving = false
    private var stream: UniqueKillSwitch? = null
    private var paused: Paused? = null
    private var heldAck: ActorRef<Ack>? = null
    private val toFix = ArrayDeque<Taken>()
    private val toPublish = ArrayDeque<Publishing>()
    private val troubles = Troubles(partition, board, context.log)
    private var leaving = false

    /** True while a batch is being folded, and for ever after one that failed in the middle. */
    private var folding = false

    /** True once it has decided itself to end. */
    private var isOver = false
    private var shownAt = 0L

    /** False while the checkpoint may know somebody who is kept out. */
    private var isCleared = true
    private var notedList = -1L
    private var readingList = false

    // ---- Recovering: claim, read, go on where the checkpoint ends ----

    private fun recovering(): Behavior<Command> {
        claim()
        return Behaviors.receive(Command::class.java)
            .onMessage(Claimed::class.java, ::recover)
            .onMessage(SealsRead::class.java, ::join)
            .onMessage(Cleared::class.java, ::begin)
            .onMessage(ReadSealsAgain::class.java) { same { readSeals(it.list) } }
            .onMessage(ClearAgain::class.java) { same { clear(it.list) } }
            .onMessage(Failed::class.java, ::retry)
            .onMessageEquals(ClaimAgain) { same { claim() } }
            .onMessageEquals(HandOver) { Behaviors.stopped() }
            .onMessage(GetProfile::class.java) { Behaviors.same() } // the asker's time runs out, and it asks again
            .onAnyMessage { Behaviors.same() }
            .build()
    }

    private fun claim() {
        val answer = outside.sightings.id().thenCompose { topic ->
            // The list is read after the claim: a former owner that knew an older one can write nothing any more.
            outside.claim(partition).thenCompose { claim -> outside.keptOut.now().thenApply { Claimed(claim, topic, it) } }
        }
        whenDone(answer, Work.CLAIM, ClaimAgain) { it }
    }

    private fun recover(claimed: Claimed): Behavior<Command> {
        troubles.succeeded(Work.CLAIM)
        val claim = claimed.claim
        if (claim.topicId != null && claim.topicId != claimed.topicId) {
            return lost("the topic sightings was made anew since its checkpoint")
        }
        try {
            state = claim.state?.let { PartitionState.read(partition, it, claimed.list) } ?: PartitionState(partition, claimed.list)
        } catch (damaged: DamagedForm) {
            return lost(damaged.message.orEmpty())
        }
        fence = claim.fence
        topicId = claimed.topicId
        offset = claim.offset
        savedOffset = claim.offset
        readSeals(claimed.list)
        return Behaviors.same()
    }

    /**
     * Reads the seals that are later than the checkpoint: its owner ended between the two. The records of more than one seal may
     * have to be read again, and the first of them must not be taken for a new one, which the last one there would refuse.
     */
    private fun readSeals(list: KeptOut) {
        val none: CompletionStage<List<SealedDay>> = done(emptyList())
        val answer = state.knownDays.toList().fold(none) { before, day ->
            val revision = state.revision(day)
            before.thenCompose { later -> outside.sealedDay(partition, day, revision).thenApply { later + listOfNotNull(it) } }
        }
        whenDone(answer, Work.READ_SEALS, ReadSealsAgain(list)) { SealsRead(list, it) }
    }

    private fun join(read: SealsRead): Behavior<Command> {
        troubles.succeeded(Work.READ_SEALS)
        read.later.forEach(state::join)
        clear(read.list)
        return Behaviors.same()
    }

    /**
     * Seals again the sealed days that know viewers who came on the [list] since the checkpoint was made; its own days were read
     * without them. What came before a kill is found done.
     */
    private fun clear(list: KeptOut) {
        val madeUnder = state.keptOutVersion
        val concerned = if (madeUnder < list.version) outside.keptOut.concerns(partition, madeUnder, list.version) else done(false)
        val answer = concerned.thenCompose { isConcerned ->
            val rewritten: CompletionStage<List<SealRewrite.Resealed>?> =
                if (isConcerned) SealRewrite(outside, partition, fence, list).run() else done(emptyList())
            rewritten.thenCompose { resealed -> outside.seals(partition).thenApply { Cleared(list, isConcerned, resealed, it) } }
        }
        whenDone(answer, Work.CLEAR, ClearAgain(list)) { it }
    }

    private fun begin(cleared: Cleared): Behavior<Command> {
        val resealed = cleared.resealed ?: return fencedOff()
        troubles.succeeded(Work.CLEAR)
        resealed.forEach { state.resealed(it.day, it.revision, it.digest) }
        state.adopt(cleared.list)
        isCleared = !cleared.isConcerned
        cleared.seals.filter { !it.published }.forEach { toPublish += Publishing(it.day, it.revision, null) }
        context.log.info("partition {} is here: fence {}, offset {}, days {}", partition, fence, offset, state.knownDays)
        openStream()
        publishNext()
        // Each partition at another moment, so that they do not all hold a written state at once.
        val first = settings.checkpointEvery.multipliedBy(partition + 1L).dividedBy(partitions.count.toLong())
        timers.startTimerWithFixedDelay(CheckpointDue, first, settings.checkpointEvery)
        timers.startTimerWithFixedDelay(ListDue, LOOK_AT_LIST_EVERY)
        // The checkpoint there may still know somebody.
        if (cleared.isConcerned) save() else noteList()
        show()
        return ready()
    }

    // ---- The list of those who are kept out ----

    private fun listDue() {
        if (readingList || leaving || outside.keptOut.version() <= state.keptOutVersion) return
        readingList = true
        val madeUnder = state.keptOutVersion
        val answer = outside.keptOut.now().thenCompose { list ->
            outside.keptOut.concerns(partition, madeUnder, list.version).thenApply { ListRead(list, it) }
        }
        whenDone(answer, Work.READ_LIST, ListDue) { it }
    }

    /** One of its own viewers is on the list now: it begins again, and its checkpoint and its seals are read without that viewer. */
    private fun listRead(read: ListRead): Behavior<Command> {
        readingList = false
        troubles.succeeded(Work.READ_LIST)
        if (read.concerns) {
            context.log.info("partition {} begins again: version {} of the list concerns it", partition, read.list.version)
            return handOver()
        }
        state.adopt(read.list)
        noteList()
        return Behaviors.same()
    }

    private fun noteList() {
        val version = state.keptOutVersion
        if (!isCleared || notedList >= version) return
        whenDone(outside.keptOut.applied(partition, version), Work.NOTE_LIST, NoteListAgain) { ListNoted(version) }
    }

    private fun listNoted(version: Long) {
        troubles.succeeded(Work.NOTE_LIST)
        notedList = maxOf(notedList, version)
    }

    /** What only a rebuild can mend is said and not tried again by this actor; the next wake-up says it again. */
    private fun lost(why: String): Behavior<Command> {
        context.log.error("partition {} cannot go on: {}; 'replay --fresh' of any day lets it begin anew", partition, why)
        return over()
    }

    private fun openStream() {
        val fold = ActorSink.actorRefWithBackpressure<List<OffsetRecord>, Command, Ack>(
            context.self,
            { ackTo, records -> Fold(records, ackTo) },
            ::StreamOpened,
            Ack,
            StreamDone,
            ::StreamFailed,
        )
        stream = SightingsFeed.of(outside.sightings.records(partition, offset), partitions, ::deadLetter)
            // Else it would read 16 batches ahead.
            .toMat(fold.withAttributes(Attributes.inputBuffer(1, 1)), Keep.left())
            .run(context.system)
    }

    private fun deadLetter(
        record: org.apache.kafka.clients.consumer.ConsumerRecord<ByteArray, ByteArray>,
        reason: String,
    ): CompletionStage<*> {
        board.deadLetters.increment()
        return outside.sightings.deadLetter(record, reason)
    }

    // ---- Ready ----

    private fun ready(): Behavior<Command> = Behaviors.receive(Command::class.java)
        .onMessage(Fold::class.java) { fold(it.records, 0, it.ackTo) }
        .onMessage(StreamOpened::class.java) { same { it.ackTo.tell(Ack) } }
        .onMessage(StreamFailed::class.java) { streamFailed(it.cause) }
        .onMessageEquals(StreamDone) { streamFailed(null) }
        .onMessage(DayRead::class.java, ::dayRead)
        .onMessageEquals(CheckpointDue) { same { checkpointDue() } }
        .onMessage(Saved::class.java, ::saved)
        .onMessage(Fixed::class.java, ::fixed)
        .onMessage(Published::class.java, ::published)
        .onMessageEquals(ListDue) { same { listDue() } }
        .onMessage(ListRead::class.java, ::listRead)
        .onMessage(ListNoted::class.java) { same { listNoted(it.version) } }
        .onMessageEquals(NoteListAgain) { same { noteList() } }
        .onMessage(Failed::class.java, ::retry)
        .onMessage(ReadDayAgain::class.java) { same { readDay(it.day) } }
        .onMessageEquals(FixAgain) { same { fixNext() } }
        .onMessageEquals(PublishAgain) { same { publishNext() } }
        .onMessage(GetProfile::class.java) { same { it.replyTo.tell(profileOf(it.login)) } }
        .onMessageEquals(HandOver, ::handOver)
        .onMessageEquals(HandOverTimeout) { over() }
        .onAnyMessage { Behaviors.same() }
        .onSignal(PostStop::class.java) { same { ended() } }
        .build()

    private fun fold(records: List<OffsetRecord>, from: Int, ackTo: ActorRef<Ack>): Behavior<Command> {
        folding = true
        for (i in from until records.size) {
            val record = records[i].record
            val day = records[i].day
            if (record != null && day != null) {
                if (day !in state.knownDays) {
                    folding = false
                    paused = Paused(records, i, ackTo)
                    readDay(day)
                    return Behaviors.same()
                }
                take(day, record)
            }
            offset = records[i].offset + 1
        }
        folding = false
        // A sealed day that is not fixed yet stands nowhere else.
        if (toFix.isEmpty()) state.forget(settings.daysInMemory)
        // While sealed days pile up, the stream waits: they stand in memory until they are published.
        if (toFix.size + toPublish.size > SEALS_WAITING) heldAck = ackTo else ackTo.tell(Ack)
        if (offset - savedOffset >= settings.checkpointRecords) save()
        showNowAndThen()
        return Behaviors.same()
    }

    private fun take(day: Day, record: SightingsRecord) = when (record.recordCase) {
        SightingsRecord.RecordCase.SIGHTINGS -> see(day, record.sightings)
        SightingsRecord.RecordCase.DAY_CLOSED -> close(day, record.dayClosed)
        else -> drop(day, record.dayDropped.id)
    }

    private fun see(day: Day, sightings: Sightings) {
        val logins = Logins.of(sightings.logins)
        var count = 0L
        state.see(day, Login.require(sightings.streamer), sightings.slot, logins.bytes) { add ->
            logins.forEach { from, to ->
                add(from, to)
                count++
            }
        }
        board.namesApplied.add(count)
    }

    private fun close(day: Day, closed: DayClosed) {
        if (!state.close(day, closed.feed, closed.sourcePartition, closed.sourcePartitions)) return
        val sealed = state.seal(day)
        if (sealed != null) context.log.info("{} is sealed: {} viewers, {} sightings", sealed, sealed.viewers, sealed.sightings)
        fix(Closing(day, closed.feed, state.revision(day), sealed))
    }

    private fun drop(day: Day, id: String) {
        if (!state.drop(day, id)) return
        context.log.info("{}/{} is dropped, its revision was {}", day, partition, state.revision(day))
        fix(Dropping(day, id))
    }

    private fun readDay(day: Day) {
        val answer = outside.sealedDay(partition, day, 0).thenCompose { sealed ->
            if (sealed == null) outside.opened(day).thenApply { null } else done<SealedDay?>(sealed)
        }
        whenDone(answer, Work.READ_DAY, ReadDayAgain(day)) { DayRead(day, it) }
    }

    private fun dayRead(read: DayRead): Behavior<Command> {
        troubles.succeeded(Work.READ_DAY)
        val waiting = paused ?: return Behaviors.same()
        paused = null
        state.remember(read.day, read.sealed)
        return fold(waiting.records, waiting.next, waiting.ackTo)
    }

    // ---- Checkpoints ----

    private fun checkpointDue() {
        show()
        if (offset > savedOffset || !isCleared) save()
    }

    /** Writes a checkpoint, unless a sealed day is not fixed yet: the checkpoint would be the only place that knows of it. */
    private fun save() {
        if (saving || toFix.isNotEmpty() || paused != null) return
        saving = true
        val at = offset
        whenDone(outside.save(checkpoint()), Work.SAVE, CheckpointDue) { Saved(at, it) }
    }

    private fun checkpoint() = Checkpoint(partition, fence, offset, topicId, state.form())

    private fun saved(saved: Saved): Behavior<Command> {
        saving = false
        if (!saved.isOwner) return fencedOff()
        troubles.succeeded(Work.SAVE)
        savedOffset = saved.offset
        isCleared = true
        savedAt = Instant.now()
        show()
        if (leaving) return leave()
        noteList()
        return Behaviors.same()
    }

    private fun fencedOff(): Behavior<Command> {
        context.log.warn(
            "partition {} has been written by another owner since that of fence {} read it; this one wrote nothing",
            partition,
            fence,
        )
        return over()
    }

    // ---- Seals ----

    private fun fix(taken: Taken) {
        toFix += taken
        if (toFix.size == 1) fixNext()
    }

    private fun fixNext() {
        val taken = toFix.firstOrNull() ?: return
        whenDone(note(taken), Work.SEAL, FixAgain) { Fixed(taken, it) }
    }

    /** Whether this is still the owner. */
    private fun note(taken: Taken): CompletionStage<Boolean> = when (taken) {
        is Closing -> seal(taken).thenCompose { isOwner -> if (isOwner) closed(taken).thenApply { true } else done(false) }
        is Dropping -> outside.dropped(taken.day, taken.id, partition).thenApply { true }
    }

    private fun seal(closing: Closing): CompletionStage<Boolean> = closing.sealed?.let { outside.fix(it, fence) } ?: done(true)

    private fun closed(closing: Closing) = outside.closed(closing.day, closing.feed, partition, closing.revision)

    private fun <T> done(value: T): CompletionStage<T> = CompletableFuture.completedFuture(value)

    private fun fixed(fixed: Fixed): Behavior<Command> {
        if (!fixed.isOwner) return fencedOff()
        troubles.succeeded(Work.SEAL)
        toFix.removeFirst()
        (fixed.taken as? Closing)?.sealed?.let {
            toPublish += Publishing(it.day, it.revision, it)
            if (toPublish.size == 1) publishNext()
        }
        fixNext()
        if (toFix.isEmpty()) save()
        goOn()
        return Behaviors.same()
    }

    private fun publishNext() {
        val next = toPublish.firstOrNull() ?: return
        show()
        val sealed: CompletionStage<SealedDay?> = next.sealed?.let(::done) ?: outside.sealedDay(partition, next.day, 0)
        val answer = sealed.thenCompose { it?.let { there -> outside.publish(there).thenApply { } } ?: done(Unit) }
        whenDone(answer, Work.PUBLISH, PublishAgain) { Published(next.day) }
    }

    private fun published(published: Published): Behavior<Command> {
        troubles.succeeded(Work.PUBLISH)
        context.log.info("{}/{} is published", published.day, partition)
        toPublish.removeFirst()
        publishNext()
        goOn()
        show()
        return Behaviors.same()
    }

    /** Lets the stream go on that has waited for sealed days, when few enough are left. */
    private fun goOn() {
        if (toFix.size + toPublish.size > SEALS_WAITING) return
        heldAck?.tell(Ack)
        heldAck = null
    }

    // ---- Ends ----

    private fun handOver(): Behavior<Command> {
        leaving = true
        stream?.shutdown()
        timers.startSingleTimer(HandOverTimeout, HAND_OVER_TIMEOUT)
        if (saving) return Behaviors.same()
        return leave()
    }

    /** Writes what is not written yet, then ends; what cannot be written soon is left to the next owner, who reads it again. */
    private fun leave(): Behavior<Command> {
        if (offset == savedOffset || toFix.isNotEmpty() || paused != null) return over()
        save()
        return Behaviors.same()
    }

    private fun streamFailed(cause: Throwable?): Behavior<Command> {
        if (leaving) return Behaviors.same()
        val gone = generateSequence(cause) { it.cause }.any { it is InvalidOffsetException }
        if (gone) return lost("the records from offset $offset on are not in the topic sightings any more")
        context.log.error("partition {} lost its stream at offset {}: {}", partition, offset, cause?.message ?: "it ended")
        return over()
    }

    /** Ends by itself: nothing more is to be written. */
    private fun over(): Behavior<Command> {
        isOver = true
        return Behaviors.stopped()
    }

    private fun ended() {
        stream?.shutdown()
        board.remove(partition, fence)
        board.goesOn(partition)
        if (!isOver && !folding && !saving) saveUnasked()
    }

    /**
     * The last checkpoint of an owner that is stopped without a hand-over: its node was shut out of the cluster, for example after
     * a pause. Nobody waits for the answer. It is written even if nothing is new, for then its refusal tells that, and is counted
     * when, another owner had come.
     */
    private fun saveUnasked() {
        val last = checkpoint()
        val fixed = toFix.fold(done(true)) { before, taken -> before.thenCompose { isOwner -> if (isOwner) note(taken) else done(false) } }
        fixed.thenCompose { isOwner -> if (isOwner) outside.save(last) else done(false) }
    }

    // ---- What they have in common ----

    /** Sends [message] of what [answer] gives, or [Failed]. */
    private fun <T> whenDone(answer: CompletionStage<T>, work: Work, again: Command, message: (T) -> Command) {
        // No null is piped: the log of what comes to actors that have ended cannot take it.
        val told: CompletionStage<Command> =
            answer.handle { value, failure -> if (failure == null) message(value) else Failed(work, failure, again) }
        context.pipeToSelf(told) { command, failure -> command ?: Failed(work, failure, again) }
    }

    private fun retry(failed: Failed): Behavior<Command> {
        if (failed.again == CheckpointDue) saving = false
        if (failed.again == ListDue) readingList = false
        if (leaving) return over()
        troubles.failed(failed.work, failed.cause)
        show()
        // These two have timers of their own.
        val isPeriodic = failed.again == CheckpointDue || failed.again == ListDue
        if (!isPeriodic) timers.startSingleTimer(failed.again, failed.again, settings.retryAfter)
        return Behaviors.same()
    }

    private fun profileOf(login: String): Profile {
        val viewer = Login.of(login) ?: return Profile(login, emptyMap())
        return Profile(viewer.name, state.profileOf(viewer))
    }

    /** Puts the partition's status on the board; counting its sets after every batch would cost more than folding it. */
    private fun showNowAndThen() {
        if (System.nanoTime() - shownAt > SHOW_EVERY.toNanos()) show()
    }

    private fun show() {
        shownAt = System.nanoTime()
        val publishing = toPublish.map { "${it.day}/$partition revision ${it.revision}" }
        board.put(PartitionStatus(partition, fence, offset, state.counts(), state.bytes, savedAt, publishing, troubles.first))
    }

    private fun same(action: () -> Unit): Behavior<Command> {
        action()
        return Behaviors.same()
    }

    companion object {
        private const val SEALS_WAITING = 2
        private val LOOK_AT_LIST_EVERY: Duration = Duration.ofSeconds(1)
        private val SHOW_EVERY: Duration = Duration.ofSeconds(1)
        private val HAND_OVER_TIMEOUT: Duration = Duration.ofSeconds(5)

        /** The partition with the number [partition], of [partitions]. */
        fun create(
            partition: Int,
            partitions: Partitions,
            outside: PartitionOutside,
            settings: ProfileSettings,
            board: PartitionBoard,
        ): Behavior<Command> = Behaviors.setup { context ->
            context.setLoggerName(ViewerPartition::class.java)
            Behaviors.withTimers { timers ->
                ViewerPartition(context, timers, partition, partitions, outside, settings, board).recovering()
            }
        }
    }
}
