package twitchactors.profile

import org.apache.kafka.clients.producer.ProducerRecord
import twitchactors.domain.Partitions
import twitchactors.topics.Logins
import twitchactors.topics.NameSplit
import twitchactors.topics.PollAssembly
import twitchactors.topics.SampleCodec
import twitchactors.topics.SightingsCodec
import twitchactors.topics.wire.DayClosed
import twitchactors.topics.wire.DayDropped
import twitchactors.topics.wire.Sample
import twitchactors.topics.wire.SampleRecord
import twitchactors.topics.wire.Sightings
import java.util.concurrent.atomic.LongAdder

/**
 * What records of one partition of `samples` become in `sightings`: a sample becomes a list for each viewer partition that has
 * names in it, the close or drop of a day becomes one for every partition. Not safe for use by several threads.
 *
 * @param brokenPolls counts polls whose chunks did not all come
 */
internal class SampleSplit(private val partitions: Partitions, private val topic: String, brokenPolls: LongAdder = LongAdder()) {
    private val names = NameSplit(partitions)
    private val polls = PollAssembly(brokenPolls)

    /** True while records before this one are needed again after a restart, so that no offset may be committed. */
    val isWaiting: Boolean get() = polls.isWaiting

    /**
     * Gives the records that follow from [record] to [send].
     *
     * @param head takes, once for each poll that is whole, what it says besides the logins; also of a gap
     */
    fun split(record: SampleRecord, head: (Head) -> Unit = {}, send: (ProducerRecord<ByteArray, ByteArray>) -> Unit) {
        if (record.hasDayClosed()) return close(record.dayClosed, send)
        if (record.hasDayDropped()) return drop(record.dayDropped, send)
        val sample = record.sample
        if (SampleCodec.isWithoutLogins(sample)) {
            if (!sample.offline) head(Head(sample, 0))
            return
        }
        val whole = polls.add(sample)
        whole.firstOrNull()?.let { head(Head(it, whole.sumOf { chunk -> Logins.of(chunk.logins).count })) }
        for (chunk in whole) sightings(chunk, send)
    }

    private fun close(closed: DayClosed, send: (ProducerRecord<ByteArray, ByteArray>) -> Unit) {
        polls.close(closed.day)
        repeat(partitions.count) { send(SightingsCodec.record(topic, it, closed)) }
    }

    private fun drop(dropped: DayDropped, send: (ProducerRecord<ByteArray, ByteArray>) -> Unit) {
        polls.forget(dropped.day)
        repeat(partitions.count) { send(SightingsCodec.record(topic, it, dropped)) }
    }

    private fun sightings(sample: Sample, send: (ProducerRecord<ByteArray, ByteArray>) -> Unit) {
        names.split(Logins.of(sample.logins))
        for (partition in 0 until partitions.count) {
            if (names.isEmpty(partition)) continue
            val sightings = Sightings.newBuilder().setStreamer(sample.streamer).setDay(sample.day).setSlot(sample.slot)
                .setLogins(names.part(partition)).build()
            send(SightingsCodec.record(topic, partition, sightings))
        }
    }
}
