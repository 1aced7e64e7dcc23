package twitchactors.collect

import org.apache.kafka.clients.producer.ProducerRecord
import org.apache.kafka.common.header.Headers
import org.apache.pekko.NotUsed
import org.apache.pekko.stream.javadsl.Source
import twitchactors.domain.Murmur3
import twitchactors.topics.SampleCodec
import twitchactors.topics.wire.DayClosed
import twitchactors.topics.wire.Sample
import java.time.Duration
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage

/** The topic `samples` in memory: what is sent stands there in order, by partition. */
internal class MemoryTopic(private val partitions: Int = 2) : CollectedTopic {
    private class Kept(val headers: Headers, val value: ByteArray)

    private val logs = List(partitions) { ArrayList<Kept>() }

    /** What becomes of what is sent; it may fail, and complete when it likes. */
    @Volatile
    var acknowledge: (append: () -> Unit) -> CompletionStage<*> = { append -> CompletableFuture.completedFuture(append()) }

    fun send(records: List<ProducerRecord<ByteArray, ByteArray>>): CompletionStage<*> =
        acknowledge { synchronized(logs) { records.forEach { logs[partition(it)] += Kept(it.headers(), it.value()) } } }

    private fun partition(record: ProducerRecord<ByteArray, ByteArray>) =
        record.partition() ?: Integer.remainderUnsigned(Murmur3.hash32(record.key()), partitions)

    override fun ends(): CompletionStage<List<Long>> = CompletableFuture.completedFuture(
        synchronized(logs) {
            logs.map { it.size.toLong() }
        },
    )

    override fun read(offsets: List<Long>): Source<PartitionNotes, *> =
        Source.range(0, partitions - 1).flatMapMerge(partitions) { partition ->
            Source.repeat(NotUsed.getInstance()).throttle(1, Duration.ofMillis(5)).statefulMapConcat {
                var at = offsets[partition].toInt()
                org.apache.pekko.japi.function.Function { _ ->
                    val new = synchronized(logs) { logs[partition].drop(at) }
                    at += new.size
                    if (new.isEmpty()) {
                        emptyList()
                    } else {
                        listOf(
                            PartitionNotes(
                                partition,
                                at.toLong(),
                                new.mapNotNull {
                                    SampleNote.of(it.headers, it.value)
                                },
                            ),
                        )
                    }
                }
            }
        }

    private fun <T : Any> all(of: (twitchactors.topics.wire.SampleRecord) -> T?): List<T> =
        synchronized(logs) { logs.map { it.toList() } }.flatten().mapNotNull { of(SampleCodec.decode(it.headers, it.value)) }

    val samples: List<Sample> get() = all { record -> record.sample.takeIf { record.hasSample() } }
    val closes: List<DayClosed> get() = all { record -> record.dayClosed.takeIf { record.hasDayClosed() } }

    /** Of each partition, how many records stand behind the first close of a day. */
    fun behindClose(): List<Int> = synchronized(logs) {
        logs.map { log ->
            val close = log.indexOfFirst { SampleCodec.decode(it.headers, it.value).hasDayClosed() }
            if (close < 0) 0 else log.size - close - 1
        }
    }
}
