package twitchactors.collect

import com.google.protobuf.InvalidProtocolBufferException
import org.apache.pekko.serialization.SerializerWithStringManifest
import twitchactors.collect.wire.CollectEventRecord
import twitchactors.collect.wire.DayBegunRecord
import twitchactors.collect.wire.RosterChangedRecord
import twitchactors.domain.Day
import twitchactors.domain.Login
import java.io.NotSerializableException

/** [CollectEvent]s as Protobuf (`collect_event.proto`); the manifest is the version of that file. */
class CollectEventSerializer : SerializerWithStringManifest() {
    override fun identifier(): Int = IDENTIFIER

    override fun manifest(event: Any): String = VERSION

    override fun toBinary(event: Any): ByteArray {
        val record = CollectEventRecord.newBuilder()
        when (val happened = event as CollectEvent) {
            is Pinned -> record.setPinned(happened.streamer.name)
            is Unpinned -> record.setUnpinned(happened.streamer.name)
            is Paused -> record.setPaused(happened.streamer.name)
            is Resumed -> record.setResumed(happened.streamer.name)
            is RosterChanged -> record.setRosterChanged(record(happened))
            is DayBegun -> record.setDayBegun(DayBegunRecord.newBuilder().setDay(happened.day.epochDay).addAllOffsets(happened.offsets))
            is DayEnded -> record.setDayEnded(happened.day.epochDay)
        }
        return record.build().toByteArray()
    }

    private fun record(changed: RosterChanged) = RosterChangedRecord.newBuilder()
        .setFrom(changed.from.number)
        .addAllTracked(changed.tracked.map { it.name })
        .addAllUntracked(changed.untracked.map { it.name })

    override fun fromBinary(bytes: ByteArray, manifest: String): CollectEvent {
        if (manifest != VERSION) {
            throw NotSerializableException("an event of collecting has version '$manifest'; this program reads version $VERSION")
        }
        return try {
            event(CollectEventRecord.parseFrom(bytes))
        } catch (damaged: InvalidProtocolBufferException) {
            throw NotSerializableException("an event of collecting is damaged: ${damaged.message}")
        } catch (damaged: IllegalArgumentException) {
            throw NotSerializableException("an event of collecting is damaged: ${damaged.message}")
        }
    }

    private fun event(record: CollectEventRecord): CollectEvent = when (record.eventCase) {
        CollectEventRecord.EventCase.PINNED -> Pinned(Login.require(record.pinned))
        CollectEventRecord.EventCase.UNPINNED -> Unpinned(Login.require(record.unpinned))
        CollectEventRecord.EventCase.PAUSED -> Paused(Login.require(record.paused))
        CollectEventRecord.EventCase.RESUMED -> Resumed(Login.require(record.resumed))
        CollectEventRecord.EventCase.ROSTER_CHANGED -> record.rosterChanged.let { changed ->
            RosterChanged(DaySlot(changed.from), changed.trackedList.map(Login::require), changed.untrackedList.map(Login::require))
        }
        CollectEventRecord.EventCase.DAY_BEGUN -> DayBegun(Day(record.dayBegun.day), record.dayBegun.offsetsList)
        CollectEventRecord.EventCase.DAY_ENDED -> DayEnded(Day(record.dayEnded))
        else -> throw NotSerializableException("an event of collecting is none that this program knows")
    }

    private companion object {
        /** Stands in every row of the journal: never another one. */
        const val IDENTIFIER = 20_220_802
        const val VERSION = "1"
    }
}
