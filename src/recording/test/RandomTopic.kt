package twitchactors.recording

import com.google.protobuf.ByteString
import twitchactors.domain.Day
import twitchactors.topics.wire.DayClosed
import twitchactors.topics.wire.DayDropped
import twitchactors.topics.wire.Sample
import twitchactors.topics.wire.SampleRecord
import kotlin.random.Random

/**
 * What two or three partitions of `samples` hold, small and strange, and what is true of it, worked out with plain sets. It shares
 * nothing with the product but the records.
 */
internal class RandomTopic(private val random: Random) {
    class Entry(val record: SampleRecord?, val appendedAt: Long)

    /** What the files have to say of a streamer: null for a gap. */
    class Truth(val chatters: Set<String>?, val titles: Set<String>)

    val partitions: List<List<Entry>>
    private val count = random.nextInt(1, 4)
    private val logs = List(count) { ArrayList<Entry>() }
    private val days = listOf(DAY, Day(DAY.epochDay + 1))
    private val names = List(30) { "n".repeat(random.nextInt(1, 21)) + it } + "x".repeat(25)
    private var polls = 0

    init {
        val rounds = random.nextInt(1, 80)
        repeat(rounds) {
            when (random.nextInt(24)) {
                0 -> control(DayDropped.newBuilder().setId("drop$it").setDay(days.random(random).epochDay).build())
                1 -> close("feed$it", days.random(random))
                2 -> logs.random(random) += Entry(null, TIME)
                else -> poll()
            }
        }
        partitions = logs
    }

    private fun control(drop: DayDropped) = logs.forEach { log ->
        // Not at the same place everywhere, and now and then said again.
        repeat(random.nextInt(3)) { poll() }
        repeat(if (random.nextInt(5) == 0) 2 else 1) { log += Entry(SampleRecord.newBuilder().setDayDropped(drop).build(), TIME) }
    }

    private fun close(feed: String, day: Day) = logs.forEachIndexed { partition, log ->
        repeat(random.nextInt(2)) { poll() }
        val closed = DayClosed.newBuilder().setDay(day.epochDay).setFeed(feed).setSource("test").setSourcePartition(partition)
            .setSourcePartitions(count)
        log += Entry(SampleRecord.newBuilder().setDayClosed(closed).build(), TIME)
    }

    private fun poll() {
        val streamer = random.nextInt(5)
        val slot = SLOTS.random(random)
        val day = days.random(random)
        val polledAt = if (random.nextInt(6) == 0) 0 else day.startsAt + slot * 300 + random.nextInt(3)
        val sample = Sample.newBuilder().setStreamer("streamer_$streamer").setDay(day.epochDay).setSlot(slot).setPolledAt(polledAt)
            .setSource(listOf("chatters", "messages", "recorded").random(random)).setPoll("poll${polls++}").setChunks(1)
            .setTitle(listOf("", "a \"b\" \\ \u0001 \n é 😀", "c").random(random)).setCategory("Just Chatting").setLanguage("fr")
            .addAllTags(listOf("x", "y\"").take(random.nextInt(3))).setComplete(random.nextBoolean())
        if (random.nextBoolean()) sample.setLiveViewers(random.nextInt())
        if (random.nextBoolean()) sample.setStreamId("id").setStartedAt(day.startsAt)
        // A key has one partition, nearly always.
        val log = if (random.nextInt(12) == 0) logs.random(random) else logs[streamer % count]
        if (random.nextInt(6) == 0) {
            log += entry(sample.setComplete(false).setGap(listOf("timeout", "refused: \"no\"").random(random)))
            return
        }
        if (random.nextInt(8) == 0) {
            log += entry(sample.setComplete(false).setOffline(true))
            return
        }
        val chunks = if (random.nextInt(4) == 0) random.nextInt(2, 4) else 1
        val sent = ArrayList<Entry>()
        repeat(chunks) { chunk ->
            val seen = names.filter { random.nextInt(5) == 0 }.shuffled(random)
            sent += entry(sample.setChunk(chunk).setChunks(chunks).setLogins(ByteString.copyFromUtf8(seen.joinToString("\n"))))
        }
        when (random.nextInt(12)) {
            0 -> if (chunks > 1) sent.removeAt(random.nextInt(chunks))
            1 -> sent += sent.random(random)
            2 -> sent += sent.toList()
        }
        log += sent
    }

    private fun entry(sample: Sample.Builder) = Entry(SampleRecord.newBuilder().setSample(sample.build()).build(), TIME)

    /** By day and slot, by streamer; nothing of a streamer who was offline. */
    fun truth(): Map<Pair<Int, Int>, Map<String, Truth>> {
        val counted = partitions.flatMap(::counted)
        return counted.groupBy {
            it.day to it.slot
        }.mapValues { (_, samples) -> samples.filter { !it.offline }.groupBy { it.streamer }.mapValues { truth(it.value) } }
    }

    private fun truth(samples: List<Sample>): Truth {
        val best = samples.groupBy { rank(it) }.maxWith(compareBy { it.key }).value
        val whole = samples.filter { it.gap.isEmpty() }
        val seen = whole.flatMap { it.logins.toStringUtf8().split("\n") }.filter { it.isNotEmpty() }.toSet()
        return Truth(seen.takeIf { whole.isNotEmpty() }, best.map { it.title }.toSet())
    }

    private fun rank(sample: Sample): Long {
        val complete = sample.complete && sample.gap.isEmpty()
        val kind = listOf(sample.gap.isEmpty(), complete, sample.source != "recorded").fold(0L) { rank, is1 ->
            rank * 2 + if (is1) 1 else 0
        }
        return kind * 10_000_000_000 + sample.polledAt
    }

    /** What counts of one partition: samples behind the last drop of their day, gaps, and polls of which all chunks are there. */
    private fun counted(log: List<Entry>): List<Sample> {
        val drops = HashSet<String>()
        val before = HashMap<Int, Int>()
        log.forEachIndexed { offset, entry ->
            val drop = entry.record?.takeIf { it.hasDayDropped() }?.dayDropped ?: return@forEachIndexed
            // Waiting chunks are forgotten by each record of a drop, samples count no more by the first one only.
            if (drops.add(drop.id)) before[drop.day] = offset
        }
        val samples = log.mapIndexedNotNull { offset, entry -> entry.record?.takeIf { it.hasSample() }?.sample?.let { offset to it } }
            .filter { (offset, sample) -> offset > (before[sample.day] ?: -1) }.map { it.second }
        val chunks = samples.filter { it.gap.isEmpty() }.groupBy { it.poll }.mapValues { poll -> poll.value.map { it.chunk }.toSet().size }
        return samples.filter { it.gap.isNotEmpty() || chunks.getValue(it.poll) == it.chunks }
    }

    companion object {
        val DAY = Day.parse("2022-08-01")!!
        val SLOTS = listOf(0, 1, 2, 286, 287)
        const val TIME = 1_700_000_000_000
    }
}
