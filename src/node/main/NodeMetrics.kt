package twitchactors.node

import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.cluster.typed.Cluster
import twitchactors.ops.OpsMetrics
import twitchactors.services.Health
import twitchactors.sweeps.IngestMeter
import twitchactors.sweeps.SweepMeter
import twitchactors.topics.TopicNames
import java.time.Duration
import java.time.Instant

/**
 * The metrics of a process with a node. Counters are this process's own and begin at 0 with it, or with another life of its node; sum
 * them over all nodes. What all nodes say alike, such as the lag of a group, says so in its help: take the greatest.
 */
internal class NodeMetrics(private val running: Running, private val lag: KafkaLag) {
    private val metrics = OpsMetrics()
    private val node: PipelineNode? get() = running.node
    private var lagRows = emptyList<KafkaLag.Row>()
    private var lagAt = Long.MIN_VALUE

    init {
        collecting()
        sweeps()
        partitions()
        kafka()
        services()
        cluster()
    }

    /** In the text form of Prometheus. */
    fun text(): String = metrics.text()

    fun close() = metrics.close()

    private fun collecting() {
        val board = { node?.collecting }
        metrics.counter("accepted", "samples", "Samples that were handed to the stream to Kafka.") { board()?.samples?.sum() }
        metrics.counter("offline", "polls", "Polls that found the streamer offline.") { board()?.offline?.sum() }
        metrics.counter("sampled", "logins", "Logins in samples.") { board()?.logins?.sum() }
        metrics.counter("kept_out", "logins", "Names that are kept out and were left out of samples.") { board()?.keptOut?.sum() }
        metrics.counter("unsaid", "gaps", "Gaps that could not be published, for the way to Kafka was full.") { board()?.gapsUnsaid?.sum() }
        metrics.gauge("polls_in_flight", "polls", "Polls that go on.") { board()?.pollsInFlight?.get() }
        metrics.gauge("polled", "streamers", "Streamers that are polled by this node.") { board()?.pollers?.get() }
        metrics.gauge("samples_buffer_used", "bytes", "Samples that wait for Kafka.") { board()?.bufferFill?.first }
        metrics.gauge("samples_buffer_room", "bytes", "For how many samples that wait there is room.") { board()?.bufferFill?.second }
        metrics.gauge("tracked", "streamers", "Streamers on the roster, where it is kept.") { board()?.roster()?.tracked }
        metrics.gauge("closing_behind", "slots", "Slots that are due and not looked through for gaps, where that is done.") {
            board()?.closing()?.slotsBehind
        }
        // A counter for each reason, as reasons come to be.
        metrics.beforeLook {
            board()?.gaps()?.keys?.forEach { reason ->
                metrics.counter("published", "gaps", "Polls that failed, by reason.", mapOf("reason" to reason)) {
                    board()?.gaps()?.get(reason)
                }
            }
        }
        val budget = { node?.budgetFigures }
        metrics.counter("budget_spent", "points", "Points of Twitch's budgets that were spent.") { budget()?.points }
        metrics.counter("budget_overrun", "requests", "Requests that were not made, for their budget had no point in time.") {
            budget()?.overruns
        }
        metrics.counter("budget_refused", "requests", "Requests that Twitch refused with 429.") { budget()?.refusals }
    }

    private fun sweeps() {
        for (kind in listOf("categories", "streams")) {
            val labels = mapOf("kind" to kind)
            val swept: () -> SweepMeter? = { node?.sweeps?.run { if (kind == "categories") categories else streams } }
            val taken: () -> IngestMeter? = { node?.intake?.run { if (kind == "categories") categories else streams } }
            metrics.counter("swept", "rows", "Rows that sweeps have sent to Kafka.", labels) { swept()?.rows?.sum() }
            metrics.counter("done", "sweeps", "Sweeps whose rows Kafka has.", labels) { swept()?.sweeps?.sum() }
            metrics.counter("failed", "sweeps", "Sweeps of which nothing came.", labels) { swept()?.failed?.sum() }
            metrics.counter("overrun", "sweeps", "Sweeps that were not begun, for the one before lasted too long.", labels) {
                swept()?.overruns?.sum()
            }
            metrics.counter("stored", "rows", "Rows that MariaDB has, those that it had already too.", labels) { taken()?.rows?.sum() }
            metrics.counter("refused", "rows", "Records of rows that went to the dead letters.", labels) { taken()?.deadLetters?.sum() }
        }
    }

    private fun partitions() {
        val board = { node?.board }
        val statuses = { node?.board?.statuses() }
        metrics.counter("applied", "sightings", "Sightings that were applied, duplicates too.") { board()?.namesApplied?.sum() }
        metrics.counter("dead", "letters", "Records of samples and sightings that went to the dead letters.") {
            board()?.deadLetters?.sum()
        }
        metrics.counter("broken", "polls", "Polls of which chunks never came: they count for nothing.") { board()?.brokenPolls?.sum() }
        metrics.counter("fenced", "writes", "Writes that came after a newer owner's claim, and were refused.") {
            running.stores.fencedWrites.here
        }
        metrics.gauge("living", "partitions", "Viewer partitions that live on this node.") { statuses()?.size }
        metrics.gauge("configured", "partitions", "Viewer partitions that there are in the cluster; all nodes say the same.") {
            running.stores.partitions.partitions.count
        }
        metrics.gauge("waiting", "partitions", "Viewer partitions of this node that wait for something.") {
            statuses()?.count {
                it.trouble !=
                    null
            }
        }
        metrics.gauge("publishing", "partition_days", "Sealed days of a partition that are not wholly in the viewer database.") {
            statuses()?.sumOf { it.publishing.size }
        }
        metrics.gauge("open_days", "bytes", "Memory of the open days of this node's partitions.") { statuses()?.sumOf { it.bytes } }
        metrics.gauge("checkpoint_age", "seconds", "Age of the oldest last checkpoint of this node's partitions.") {
            statuses()?.mapNotNull { it.savedAt }?.minOrNull()?.let { Duration.between(it, Instant.now()).toMillis() / MILLIS }
        }
        val recording = { node?.recording }
        metrics.counter("recorded", "files", "Sample files that were written, some of them again.") { recording()?.filesWritten?.sum() }
        metrics.counter("recorded", "samples_records", "Records of samples that the recorder has read.") { recording()?.records?.sum() }
    }

    private fun kafka() {
        metrics.beforeLook(::lookAtLag)
        for (topic in listOf(TopicNames.SAMPLES, TopicNames.CATEGORIES, TopicNames.STREAMS)) {
            metrics.gauge(LAG, RECORDS, LAG_HELP, mapOf("topic" to topic)) { lagOf(topic) { true } }
        }
        // Each node knows the places of its own partitions better than their checkpoints do, and these are summed.
        metrics.gauge(LAG, RECORDS, LAG_HELP, mapOf("topic" to TopicNames.SIGHTINGS)) {
            val here = node?.board?.statuses().orEmpty().mapTo(HashSet()) { it.partition }
            lagOf(TopicNames.SIGHTINGS) { it.partition in here }
        }
    }

    private fun lagOf(topic: String, counts: (KafkaLag.Row) -> Boolean): Long? =
        lagRows.filter { it.topic == topic }.ifEmpty { null }?.filter(counts)?.sumOf { it.lag }

    /** Not more often than it can change to speak of: each look asks Kafka several times. */
    private fun lookAtLag() {
        val now = System.nanoTime()
        if (lagAt != Long.MIN_VALUE && now - lagAt < LAG_EVERY.toNanos()) return
        lagAt = now
        lagRows = runCatching { lag.rows() }.getOrDefault(emptyList())
    }

    private fun services() {
        for (service in running.services.health().keys) {
            metrics.gauge("service_up", "answers", "1 when the service answers, 0 when not.", mapOf("service" to service)) {
                if (running.services.health()[service] is Health.Up) 1 else 0
            }
        }
        metrics.gauge("ready", "node", "1 when this node is ready for what comes, 0 when not.") {
            if (NodeHealth.of(running).first) 1 else 0
        }
    }

    private fun cluster() {
        val system: () -> ActorSystem<*>? = { node?.takeIf { !it.isShutOut }?.system }
        metrics.gauge("cluster", "members", "Nodes in the cluster as this one knows it.") {
            system()?.let { Cluster.get(it).state().members.count() } ?: 0
        }
        metrics.gauge("cluster_unreachable", "members", "Nodes that do not answer this one or others.") {
            system()?.let { Cluster.get(it).state().unreachable.size } ?: 0
        }
    }

    private companion object {
        const val LAG = "lag"
        const val RECORDS = "records"
        const val LAG_HELP = "Records not worked off. Of sightings those of this node's partitions; of others all nodes say the same."
        const val MILLIS = 1000.0
        val LAG_EVERY: Duration = Duration.ofSeconds(5)
    }
}
