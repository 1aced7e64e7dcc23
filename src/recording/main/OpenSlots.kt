package twitchactors.recording

import twitchactors.domain.Day
import twitchactors.domain.Slot
import twitchactors.topics.PollAssembly
import twitchactors.topics.SampleCodec
import twitchactors.topics.wire.DayClosed
import twitchactors.topics.wire.DayDropped
import twitchactors.topics.wire.Sample
import twitchactors.topics.wire.SampleRecord
import java.util.BitSet

/**
 * What was read of `samples` and is not in files yet, and which slots are to be written when. When a slot is written changes nothing
 * of what its file says in the end: what comes later is added to the file. So a slot is written as soon as it seems over, and all
 * are when they need too much memory. For one thread.
 *
 * @param start where reading begins
 */
internal class OpenSlots(private val settings: RecordingSettings, private val start: Start) {
    /**
     * @param position of the next records
     * @param anew the partitions that are read from where the topic begins now, because no position is known
     */
    class Start(val position: Position, val anew: Set<Int> = emptySet())

    /**
     * What is to be done, in this order.
     *
     * @param dropped days whose files go
     * @param slots to be added to the files
     * @param position to be noted when all that is done
     */
    class Plan(val dropped: Set<Day>, val slots: List<OpenSlot>, val position: Position)

    private data class Feed(val day: Int, val id: String)

    private val partitions = start.position.offsets.size
    private val next = LongArray(partitions) { start.position.offsets.getValue(it) }
    private val polls = List(partitions) { PollAssembly() }

    /** By partition the first record that polls which are not whole yet need. */
    private val heldFrom = arrayOfNulls<Long>(partitions)

    /** When the first record was appended that was read of a partition that is read anew. */
    private val beganAt = arrayOfNulls<Long>(partitions)
    private val open = LinkedHashMap<Long, OpenSlot>()

    /** By day how far each partition has come, in seconds since 1970, for the days that samples came for last. */
    private val reached = Latest<Int, LongArray>(DAYS_KNOWN)
    private val closes = Latest<Feed, BitSet>(FEEDS_KNOWN)
    private val drops = LinkedHashMap<String, DropSeen>().apply { start.position.drops.forEach { put(it.id, it) } }
    private var dropsByDay = drops.values.groupBy { it.day.epochDay }
    private val dropped = HashSet<Day>()
    private var noted = start.position

    /** Bytes of samples that wait, about. */
    var bytes = 0L
        private set

    val isFull: Boolean get() = bytes > settings.memory

    /**
     * Takes the record at [offset] of [partition].
     *
     * @param appendedAt Kafka's time of it, in milliseconds since 1970
     * @param record null when it cannot be understood
     * @param now in milliseconds since 1970
     */
    fun take(partition: Int, offset: Long, appendedAt: Long, record: SampleRecord?, now: Long) {
        next[partition] = offset + 1
        if (partition in start.anew && beganAt[partition] == null) beganAt[partition] = appendedAt
        when (record?.recordCase) {
            SampleRecord.RecordCase.SAMPLE -> sample(partition, offset, appendedAt, record.sample, now)
            SampleRecord.RecordCase.DAY_CLOSED -> close(partition, record.dayClosed)
            SampleRecord.RecordCase.DAY_DROPPED -> drop(partition, offset, appendedAt, record.dayDropped)
            else -> Unit
        }
    }

    private fun sample(partition: Int, offset: Long, appendedAt: Long, sample: Sample, now: Long) {
        if (sample.source == SampleFacts.RECORDED && !settings.replays) return
        val whole = if (SampleCodec.isWithoutLogins(sample)) listOf(sample) else polls[partition].add(sample)
        val from = heldFrom[partition] ?: offset
        heldFrom[partition] = from.takeIf { polls[partition].isWaiting }
        if (isDropped(sample.day, partition, offset, appendedAt)) return
        whole.forEach { add(it, partition, from, now) }
        // A slot that this very sample shows to be over is not late by it.
        val reached = reached.getOrPut(sample.day) { LongArray(partitions) }
        val slotAt = Slot(sample.slot).startsAt(Day(sample.day))
        reached[partition] = maxOf(reached[partition], sample.polledAt.coerceIn(slotAt, slotAt + Slot.SECONDS - 1))
    }

    private fun add(sample: Sample, partition: Int, offset: Long, now: Long) {
        val key = sample.day.toLong() * Slot.PER_DAY + sample.slot
        val slot = open.getOrPut(key) {
            val (day, slot) = Day(sample.day) to Slot(sample.slot)
            OpenSlot(day, slot, isOver(day, slot.startsAt(day) + Slot.SECONDS), partitions)
        }
        bytes -= slot.bytes
        slot.add(sample, partition, offset, now)
        bytes += slot.bytes
    }

    /** Whether every partition is beyond [endsAt], a time of [day], and the grace. */
    private fun isOver(day: Day, endsAt: Long): Boolean {
        val over = endsAt + settings.grace.toSeconds()
        val today = reached[day.epochDay]
        val tomorrow = reached[day.epochDay + 1]
        return (0 until partitions).all { maxOf(today?.get(it) ?: 0, tomorrow?.get(it) ?: 0) >= over }
    }

    private fun close(partition: Int, closed: DayClosed) {
        polls[partition].close(closed.day)
        if (!polls[partition].isWaiting) heldFrom[partition] = null
        val feed = Feed(closed.day, closed.feed)
        val through = closes.getOrPut(feed) { BitSet() }
        through.set(partition)
        if (through.cardinality() < partitions) return
        closes.remove(feed)
        open.values.filter { it.day.epochDay == closed.day }.forEach { it.isClosed = true }
    }

    private fun drop(partition: Int, offset: Long, appendedAt: Long, drop: DayDropped) {
        val day = Day(drop.day)
        polls[partition].forget(drop.day)
        if (!polls[partition].isWaiting) heldFrom[partition] = null
        val known = drops[drop.id]
        if (known == null) {
            open.values.removeIf { it.day == day }
            bytes = open.values.sumOf { it.bytes }
            reached.remove(drop.day)
            closes.keys.removeIf { it.day == drop.day }
            dropped += day
        }
        val before = known ?: DropSeen(day, drop.id, appendedAt, emptyMap())
        if (partition in before.passed) return
        drops[drop.id] = before.copy(passed = before.passed + (partition to offset))
        drops.values.filter { it.passed.size == partitions }.dropLast(DROPS_KNOWN).forEach { drops.remove(it.id) }
        dropsByDay = drops.values.groupBy { it.day.epochDay }
    }

    /** Whether what [partition] has of [day] at [offset] stands before a drop of the day. */
    private fun isDropped(day: Int, partition: Int, offset: Long, appendedAt: Long): Boolean = dropsByDay[day].orEmpty().any { drop ->
        val passedAt = drop.passed[partition]
        if (passedAt != null) offset < passedAt else isAwaited(drop, partition, appendedAt)
    }

    /** A drop that never comes, since its sender ended in the middle or since the topic has lost it, is not awaited for ever. */
    private fun isAwaited(drop: DropSeen, partition: Int, appendedAt: Long): Boolean {
        val beganBefore = beganAt[partition].let { it == null || it <= drop.at }
        return beganBefore && appendedAt <= drop.at + DROP_PATIENCE_MS
    }

    /** What is to be done at [now], in milliseconds since 1970; null when there is nothing. What it says is not waiting any more. */
    fun plan(now: Long): Plan? {
        val due = if (isFull) open.values.toList() else open.values.filter { isDue(it, now) }
        due.forEach {
            open.remove(it.day.epochDay.toLong() * Slot.PER_DAY + it.slot.index)
            bytes -= it.bytes
        }
        val position = position()
        if (due.isEmpty() && dropped.isEmpty() && !isWorthNoting(position)) return null
        noted = position
        return Plan(dropped.toSet(), due, position).also { dropped.clear() }
    }

    private fun isDue(slot: OpenSlot, now: Long): Boolean {
        if (slot.isClosed || !slot.isLate && isOver(slot.day, slot.endsAt)) return true
        val over = slot.endsAt * 1000 + settings.grace.toMillis()
        return now >= over && now - slot.lastAt >= settings.quiet.toMillis()
    }

    private fun isWorthNoting(position: Position): Boolean {
        val moved = position.offsets.entries.sumOf { (partition, offset) -> offset - noted.offsets.getValue(partition) }
        return moved >= NOTED_EVERY || open.isEmpty() && (moved > 0 || position.drops != noted.drops)
    }

    private fun position() = Position(
        start.position.topicId,
        (0 until partitions).associateWith { partition ->
            val waiting = open.values.minOfOrNull { it.firstOffsets[partition] } ?: Long.MAX_VALUE
            minOf(next[partition], waiting, heldFrom[partition] ?: Long.MAX_VALUE)
        },
        drops.values.toList(),
    )

    /** Keeps the [limit] keys that were asked for last. */
    private class Latest<K, V>(private val limit: Int) : LinkedHashMap<K, V>(16, 0.75f, true) {
        override fun removeEldestEntry(eldest: MutableMap.MutableEntry<K, V>): Boolean = size > limit
    }

    private companion object {
        const val DAYS_KNOWN = 32
        const val FEEDS_KNOWN = 64
        const val DROPS_KNOWN = 64
        const val NOTED_EVERY = 1000L

        /** As long as a producer tries, who writes all records of a drop at once. */
        const val DROP_PATIENCE_MS = 600_000L
    }
}
