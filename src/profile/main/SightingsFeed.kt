package twitchactors.profile

import org.apache.kafka.clients.consumer.ConsumerRecord
import org.apache.pekko.stream.KillSwitches
import org.apache.pekko.stream.UniqueKillSwitch
import org.apache.pekko.stream.javadsl.Keep
import org.apache.pekko.stream.javadsl.Source
import twitchactors.domain.Day
import twitchactors.domain.Partitions
import twitchactors.topics.Logins
import twitchactors.topics.SightingsCodec
import twitchactors.topics.Unreadable
import twitchactors.topics.wire.SightingsRecord
import java.time.Duration
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage

/** A record of `sightings` as a partition takes it; [record] is null when it could not be understood and is a dead letter now. */
class OffsetRecord(val offset: Long, val record: SightingsRecord?) {
    /** The day that [record] is about. */
    val day: Day?
        get() = when (record?.recordCase) {
            SightingsRecord.RecordCase.SIGHTINGS -> Day(record.sightings.day)
            SightingsRecord.RecordCase.DAY_CLOSED -> Day(record.dayClosed.day)
            SightingsRecord.RecordCase.DAY_DROPPED -> Day(record.dayDropped.day)
            else -> null
        }
}

/** The records of a partition in batches, read and checked off the actor's thread. */
internal object SightingsFeed {
    private const val BATCH = 100
    private val LINGER = Duration.ofMillis(20)

    /**
     * @param deadLetter keeps a record that cannot be understood; nothing behind it is given out before that is done
     */
    fun of(
        records: Source<ConsumerRecord<ByteArray, ByteArray>, *>,
        partitions: Partitions,
        deadLetter: (ConsumerRecord<ByteArray, ByteArray>, String) -> CompletionStage<*>,
    ): Source<List<OffsetRecord>, UniqueKillSwitch> = records
        .viaMat(KillSwitches.single(), Keep.right())
        .mapAsync(1) { read(it, partitions, deadLetter) }
        .groupedWithin(BATCH, LINGER)

    private fun read(
        record: ConsumerRecord<ByteArray, ByteArray>,
        partitions: Partitions,
        deadLetter: (ConsumerRecord<ByteArray, ByteArray>, String) -> CompletionStage<*>,
    ): CompletionStage<OffsetRecord> = try {
        val decoded = SightingsCodec.decode(record.headers(), record.value())
        checkLogins(decoded, record.partition(), partitions)
        CompletableFuture.completedFuture(OffsetRecord(record.offset(), decoded))
    } catch (poison: Unreadable) {
        deadLetter(record, poison.reason).thenApply { OffsetRecord(record.offset(), null) }
    }

    /** A viewer in two partitions would be counted twice. */
    private fun checkLogins(record: SightingsRecord, partition: Int, partitions: Partitions) {
        if (!record.hasSightings()) return
        val logins = Logins.of(record.sightings.logins)
        logins.forEach { from, to ->
            val belongs = partitions.of(logins.bytes, from, to - from)
            if (belongs != partition) throw Unreadable("has a login of partition $belongs, at byte ${from - logins.from} of its logins")
        }
    }
}
