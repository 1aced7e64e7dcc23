package twitchactors.collect

import org.apache.kafka.clients.producer.ProducerRecord
import org.apache.kafka.common.header.Headers
import org.apache.pekko.japi.Pair
import org.apache.pekko.stream.javadsl.Source
import twitchactors.domain.Murmur3
import twitchactors.topics.SampleCodec
import twitchactors.topics.wire.DayClosed
import twitchactors.topics.wire.Sample
import java.io.IOException
import java.util.Optional
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage

/** The topic `samples` in memory: what is sent stands there in order, by partition. */
internal class MemoryTopic(private val partitions: Int = 2) : CollectedTopic {
    private class Kept(val headers: Headers, val value: ByteArray)

    private val logs = List(partitions) { ArrayList<Kept>() }
    private val waiting = List(partitions) { ArrayList<CompletableFuture<Unit>>() }

    /** What becomes of what is sent; it may fail, and complete when it likes. */
    @Volatile
    var acknowledge: (append: () -> Unit) -> CompletionStage<*> = { append -> CompletableFuture.completedFuture(append()) }

    fun send(records: List<ProducerRecord<ByteArray, ByteArray>>): CompletionStage<*> = acknowledge { append(records) }

    /** Puts [records] behind all others, whatever becomes of the acknowledgement. */
    fun append(records: List<ProducerRecord<ByteArray, ByteArray>>) {
        val awaited = synchronized(logs) {
            records.groupBy(::partition).flatMap { (partition, ofPartition) ->
                ofPartition.forEach { logs[partition] += Kept(it.headers(), it.value()) }
                waiting[partition].toList().also { waiting[partition].clear() }
            }
        }
        awaited.forEach { it.complete(Unit) }
    }

    private fun partition(record: ProducerRecord<ByteArray, ByteArray>) =
        record.partition() ?: Integer.remainderUnsigned(Murmur3.hash32(record.key()), partitions)

    /** Whether nobody answers when asked. */
    @Volatile
    var isAway = false

    /** Done when what stands here may be read; until then it is on its way. */
    @Volatile
    var readable: CompletableFuture<Unit> = CompletableFuture.completedFuture(Unit)

    /** Ends all reading with a failure. */
    fun breakReading() {
        val reading = synchronized(logs) { waiting.flatMap { all -> all.toList().also { all.clear() } } }
        reading.forEach { it.completeExceptionally(IOException("the connection is lost")) }
    }

    override fun ends(): CompletionStage<List<Long>> {
        if (isAway) return CompletableFuture.failedFuture(IOException("no broker"))
        return CompletableFuture.completedFuture(synchronized(logs) { logs.map { it.size.toLong() } })
    }

    override fun read(offsets: List<Long>): Source<PartitionNotes, *> =
        Source.range(0, partitions - 1).flatMapMerge(partitions) { partition ->
            Source.unfoldAsync(offsets[partition]) { at ->
                notes(partition, at).thenApply { Optional.of(Pair.create(it.nextOffset, it)) }
            }
        }

    /** What stands in [partition] from [at] on, as soon as there is something. */
    private fun notes(partition: Int, at: Long): CompletionStage<PartitionNotes> {
        val more = CompletableFuture<Unit>()
        val new = synchronized(logs) {
            logs[partition].drop(at.toInt()).also { if (it.isEmpty()) waiting[partition] += more }
        }
        if (new.isEmpty()) return more.thenCompose { notes(partition, at) }
        return readable.thenApply { PartitionNotes(partition, at + new.size, new.mapNotNull { SampleNote.of(it.headers, it.value) }) }
    }

    private fun <T : Any> all(of: (twitchactors.topics.wire.SampleRecord) -> T?): List<T> =
        synchronized(logs) { logs.map { it.toList() } }.flatten().mapNotNull { of(SampleCodec.decode(it.headers, it.value)) }

    val samples: List<Sample> get() = all { record -> record.sample.takeIf { record.hasSample() } }
    val closes: List<DayClosed> get() = all { record -> record.dayClosed.takeIf { record.hasDayClosed() } }
}
