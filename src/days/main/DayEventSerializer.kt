package twitchactors.days

import com.google.protobuf.InvalidProtocolBufferException
import org.apache.pekko.serialization.SerializerWithStringManifest
import twitchactors.days.wire.DayClosedRecord
import twitchactors.days.wire.DayEventRecord
import twitchactors.days.wire.DayOpenedRecord
import twitchactors.days.wire.DaySealedRecord
import twitchactors.days.wire.PartitionSealRecord
import java.io.NotSerializableException
import java.time.Instant

/** [DayEvent]s as Protobuf (`day_event.proto`); the manifest is the version of that file. */
class DayEventSerializer : SerializerWithStringManifest() {
    override fun identifier(): Int = IDENTIFIER

    override fun manifest(event: Any): String = VERSION

    override fun toBinary(event: Any): ByteArray {
        val record = DayEventRecord.newBuilder()
        when (val happened = event as DayEvent) {
            is DayOpened -> record.setOpened(DayOpenedRecord.newBuilder().setAt(happened.at.toEpochMilli()))
            is DayClosed -> record.setClosed(DayClosedRecord.newBuilder().setAt(happened.at.toEpochMilli()).setFeed(happened.feed))
            is DaySealed -> record.setSealed(record(happened))
        }
        return record.build().toByteArray()
    }

    private fun record(event: DaySealed): DaySealedRecord {
        val content = event.content
        val record = DaySealedRecord.newBuilder().setAt(event.at.toEpochMilli()).setRevision(event.revision).setDigest(content.digest)
            .setViewers(content.viewers).setPairs(content.pairs).setSightings(content.sightings)
        content.partitions.forEach {
            record.addPartitions(PartitionSealRecord.newBuilder().setRevision(it.revision).setDigest(it.digest))
        }
        return record.build()
    }

    override fun fromBinary(bytes: ByteArray, manifest: String): DayEvent {
        if (manifest != VERSION) {
            throw NotSerializableException("an event of a day has version '$manifest'; this program reads version $VERSION")
        }
        val record = try {
            DayEventRecord.parseFrom(bytes)
        } catch (damaged: InvalidProtocolBufferException) {
            throw NotSerializableException("an event of a day is damaged: ${damaged.message}")
        }
        return when (record.eventCase) {
            DayEventRecord.EventCase.OPENED -> DayOpened(Instant.ofEpochMilli(record.opened.at))
            DayEventRecord.EventCase.CLOSED -> DayClosed(Instant.ofEpochMilli(record.closed.at), record.closed.feed)
            DayEventRecord.EventCase.SEALED -> event(record.sealed)
            else -> throw NotSerializableException("an event of a day is none that this program knows")
        }
    }

    private fun event(sealed: DaySealedRecord) = DaySealed(
        Instant.ofEpochMilli(sealed.at),
        sealed.revision,
        DayContent(
            sealed.digest,
            sealed.viewers,
            sealed.pairs,
            sealed.sightings,
            sealed.partitionsList.map { DayContent.PartitionSeal(it.revision, it.digest) },
        ),
    )

    private companion object {
        /** Stands in every row of the journal: never another one. */
        const val IDENTIFIER = 20_220_801
        const val VERSION = "1"
    }
}
