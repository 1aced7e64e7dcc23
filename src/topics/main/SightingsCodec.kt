package twitchactors.topics

import org.apache.kafka.clients.producer.ProducerRecord
import org.apache.kafka.common.header.Headers
import twitchactors.topics.wire.DayClosed
import twitchactors.topics.wire.DayDropped
import twitchactors.topics.wire.Sightings
import twitchactors.topics.wire.SightingsRecord

/** Writes and reads the records of `sightings`. Safe for use by several threads. */
object SightingsCodec {
    /** The record that carries [sightings], whose logins all belong to [partition]. */
    fun record(topic: String, partition: Int, sightings: Sightings): ProducerRecord<ByteArray, ByteArray> =
        RecordBytes.record(topic, partition, null, encode(sightings))

    /** The record that carries [closed] through [partition]. */
    fun record(topic: String, partition: Int, closed: DayClosed): ProducerRecord<ByteArray, ByteArray> =
        RecordBytes.record(topic, partition, null, encode(closed))

    /** The record that carries [dropped] through [partition]. */
    fun record(topic: String, partition: Int, dropped: DayDropped): ProducerRecord<ByteArray, ByteArray> =
        RecordBytes.record(topic, partition, null, SightingsRecord.newBuilder().setDayDropped(dropped).build().toByteArray())

    fun encode(sightings: Sightings): ByteArray = SightingsRecord.newBuilder().setSightings(sightings).build().toByteArray()

    fun encode(closed: DayClosed): ByteArray = SightingsRecord.newBuilder().setDayClosed(closed).build().toByteArray()

    /**
     * Reads a record, whose `recordCase` is then never "not set". It shares its bytes with [value], which must not be changed.
     * Whether the logins belong to the record's partition is not checked.
     *
     * @throws Unreadable also when a field is outside of what it can mean
     */
    fun decode(headers: Headers, value: ByteArray?): SightingsRecord {
        val record = RecordBytes.parse(SightingsRecord.parser(), headers, value)
        when (record.recordCase) {
            SightingsRecord.RecordCase.SIGHTINGS -> check(record.sightings)
            SightingsRecord.RecordCase.DAY_CLOSED -> RecordBytes.check(record.dayClosed)
            SightingsRecord.RecordCase.DAY_DROPPED -> RecordBytes.check(record.dayDropped)
            else -> throw Unreadable("is neither sightings nor the close or drop of a day")
        }
        return record
    }

    private fun check(sightings: Sightings) {
        RecordBytes.checkStreamer(sightings.streamer)
        RecordBytes.checkDay(sightings.day)
        RecordBytes.checkSlot(sightings.slot)
        Logins.of(sightings.logins).check()
    }
}
