package twitchactors.collect

import org.apache.kafka.common.header.Headers
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.sources.ChatterSource
import twitchactors.topics.SampleCodec
import twitchactors.topics.Unreadable
import twitchactors.topics.wire.Sample

/** What a record of `samples` says of a day that we collect: as little as is needed to know what is missing. */
sealed interface SampleNote {
    val day: Day

    /**
     * A streamer was polled, or it is said why not.
     *
     * @param isSample whether it tells who was in the chat
     * @param poll the same in all [chunks] of a poll, of which this is [chunk]; empty when there is but one
     */
    class Polled(
        override val day: Day,
        val slot: Int,
        val streamer: Login,
        val isSample: Boolean,
        val poll: String,
        val chunk: Int,
        val chunks: Int,
    ) : SampleNote

    /** The day is closed in this partition by us. */
    class Closed(override val day: Day) : SampleNote

    companion object {
        private val LIVE = ChatterSource.entries.mapTo(HashSet()) { it.label } + PollRecords.SOURCE

        /** Null for what is none of ours: a recording's sample, another feeder's close, a record that the splitter refuses. */
        fun of(headers: Headers, value: ByteArray?): SampleNote? {
            val decoded = try {
                SampleCodec.decode(headers, value)
            } catch (_: Unreadable) {
                return null
            }
            return when {
                decoded.hasDayClosed() -> Closed(Day(decoded.dayClosed.day)).takeIf { decoded.dayClosed.source == DayCloser.SOURCE }
                decoded.hasSample() && decoded.sample.source in LIVE -> of(decoded.sample)
                else -> null
            }
        }

        private fun of(sample: Sample) = Polled(
            day = Day(sample.day),
            slot = sample.slot,
            streamer = Login.require(sample.streamer),
            isSample = !SampleCodec.isWithoutLogins(sample),
            poll = if (sample.chunks > 1) sample.poll else "",
            chunk = sample.chunk,
            chunks = sample.chunks,
        )
    }
}

/** Notes of the records of [partition] before [nextOffset], in their order. */
class PartitionNotes(val partition: Int, val nextOffset: Long, val notes: List<SampleNote>)
