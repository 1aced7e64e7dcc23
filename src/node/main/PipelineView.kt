package twitchactors.node

import org.apache.kafka.clients.admin.Admin
import org.apache.kafka.clients.admin.OffsetSpec
import org.apache.kafka.common.TopicPartition
import twitchactors.domain.Day
import twitchactors.profile.PartitionStatus
import twitchactors.profile.Splitter
import twitchactors.store.DayStatus
import twitchactors.topics.TopicNames
import twitchactors.web.DayRow
import twitchactors.web.Health
import twitchactors.web.LeftOut
import twitchactors.web.LiveSource
import twitchactors.web.LiveView
import twitchactors.web.PartitionRow
import java.time.Duration
import java.time.Instant

/**
 * What the live page shows of the pipeline of this process: the partitions' own words, Kafka's offsets, the seals, the statuses. While
 * a node that was shut out of its cluster is on its way back, the page shows what is stored, and that nothing is ready.
 */
class PipelineView(private val running: Running) :
    LiveSource,
    AutoCloseable {
    private val admin = Admin.create(running.services.kafka.clientProperties)
    private val top = TopOfDay(running.stores.viewers.audiences)
    private val partitions = running.stores.partitions.partitions.count

    /** What [now] said last; null before. */
    @Volatile
    var last: LiveView? = null
        private set

    override fun now(): LiveView = read().also { last = it }

    private fun read(): LiveView {
        val node = running.node
        val statuses = node?.board?.statuses().orEmpty()
        val ends = ends(TopicNames.SIGHTINGS, partitions)
        val days = days(statuses)
        val memory = Runtime.getRuntime()
        return LiveView(
            simulated = running.configuration.simulation != null,
            samplesFed = node?.collecting?.samples?.sum() ?: 0,
            namesApplied = node?.board?.namesApplied?.sum() ?: 0,
            days = days.first,
            partitions = statuses.map { row(it, ends, "${node?.address}") },
            lagSamples = samplesLag(),
            lagSightings = statuses.sumOf { (ends[it.partition] ?: it.offset) - it.offset },
            services = health().services,
            heapUsed = memory.totalMemory() - memory.freeMemory(),
            heapMax = memory.maxMemory(),
            residentBytes = VitalSigns.residentBytes(),
            top = days.second?.let(top::of),
            leftOut = LeftOut(node?.board?.deadLetters?.sum() ?: 0, node?.board?.brokenPolls?.sum() ?: 0, running.stores.fencedWrites.here),
        )
    }

    /** Ready when all services answer and all partitions live: here, when this is the only node; others may have them. */
    fun health(): Health {
        val services = NodeHealth.services(running)
        return Health(services.values.all { it.up }, services)
    }

    override fun close() = admin.close()

    /** The rows of all days, and the last one that is wholly sealed. */
    private fun days(statuses: List<PartitionStatus>): Pair<List<DayRow>, DayStatus?> {
        val sealed = running.stores.viewers.dayStatuses.all().toCompletableFuture().get().associateBy { it.day }
        val open = statuses.flatMap { it.days.keys }.toSet()
        val rows = (sealed.keys + open).sortedDescending().take(DAYS).map { day -> row(day, sealed[day], statuses) }
        return rows to sealed.values.maxByOrNull { it.day }
    }

    private fun row(day: Day, sealed: DayStatus?, statuses: List<PartitionStatus>): DayRow {
        val trace = running.stores.traces.of(day)
        val counts = statuses.mapNotNull { it.days[day] }
        return DayRow(
            day = day,
            viewers = sealed?.viewers ?: counts.sumOf { it.viewers.toLong() },
            pairs = sealed?.pairs ?: counts.sumOf { it.pairs.toLong() },
            sightings = sealed?.sightings ?: counts.sumOf { it.sightings },
            revision = sealed?.revision ?: 0,
            sealed = sealed != null,
            publishedPartitions = trace.published,
            partitions = partitions,
            digest = sealed?.digest,
            openedAt = trace.openedAt,
            closedAt = trace.closes.values.maxOrNull(),
            sealedAt = trace.sealedAt,
        )
    }

    private fun row(status: PartitionStatus, ends: Map<Int, Long>, node: String) = PartitionRow(
        number = status.partition,
        offset = status.offset,
        lag = ends[status.partition]?.let { it - status.offset },
        viewers = status.days.mapValues { it.value.viewers },
        bytes = status.bytes,
        checkpointAgeSeconds = status.savedAt?.let { Duration.between(it, Instant.now()).toSeconds() },
        publishing = status.publishing,
        trouble = status.trouble,
        node = node,
    )

    private fun samplesLag(): Long? = runCatching {
        val committed = admin.listConsumerGroupOffsets(Splitter.GROUP).partitionsToOffsetAndMetadata().get()
        ends(TopicNames.SAMPLES, running.configuration.topics.samplesPartitions).entries
            .sumOf { (partition, end) -> end - (committed[TopicPartition(TopicNames.SAMPLES, partition)]?.offset() ?: 0L) }
    }.getOrNull()

    /** The end of each partition of [topic]; empty when Kafka does not answer. */
    private fun ends(topic: String, partitions: Int): Map<Int, Long> = runCatching {
        admin.listOffsets((0 until partitions).associate { TopicPartition(topic, it) to OffsetSpec.latest() }).all().get()
            .entries.associate { it.key.partition() to it.value.offset() }
    }.getOrDefault(emptyMap())

    private companion object {
        const val DAYS = 7
    }
}
