package twitchactors.recording

import twitchactors.archive.JsonText
import twitchactors.archive.SampleField
import twitchactors.archive.SampleFields
import twitchactors.domain.ByteSink
import twitchactors.topics.SampleCodec
import twitchactors.topics.wire.Sample
import java.time.Instant
import java.util.Arrays

/**
 * What a file says of one streamer in one slot besides the logins. Of several in the same slot the greatest one counts: a sample
 * before a gap, a complete one before a partial one, one that was polled before one that was read from a recording, the later one
 * before the earlier one, and in the end any order that is always the same, so that the order in which they come does not matter.
 */
internal class SampleFacts private constructor(
    val isGap: Boolean,
    private val isComplete: Boolean,
    private val isPolled: Boolean,
    private val polledAt: Long,
    private val json: ByteArray,
) : Comparable<SampleFacts> {
    /** Appends `{"polled_at":..` up to the value of `chatters`. */
    fun writeTo(target: ByteSink) = target.bytes(json)

    override fun compareTo(other: SampleFacts): Int = ORDER.compare(this, other)

    companion object {
        /** The source of samples that come from recorded files. */
        const val RECORDED = "recorded"

        /** What a gap says in a file that does not say why. */
        private const val NO_REASON = "unknown"

        private val ORDER = compareBy<SampleFacts>({ !it.isGap }, { it.isComplete }, { it.isPolled }, { it.polledAt })
            .then { a, b -> Arrays.compareUnsigned(a.json, b.json) }

        fun of(sample: Sample): SampleFacts = of(
            sample,
            liveViewers = if (sample.hasLiveViewers()) Integer.toUnsignedLong(sample.liveViewers) else null,
        )

        /** What [fields] says of the value that [entry] comes from; [isGap] when that has no chatters, [reason] when it is bad. */
        fun of(fields: SampleFields, entry: Int, isGap: Boolean, reason: String?): SampleFacts {
            fun text(field: SampleField, limit: Int) = fields.text(entry, field, limit).orEmpty()
            val sample = Sample.newBuilder()
                .setPolledAt(fields.time(entry, SampleField.POLLED_AT) ?: 0)
                .setTitle(text(SampleField.TITLE, SampleCodec.MAX_TITLE))
                .setCategory(text(SampleField.CATEGORY, SampleCodec.MAX_CATEGORY))
                .setLanguage(text(SampleField.LANGUAGE, SampleCodec.MAX_LANGUAGE))
                .addAllTags(fields.texts(entry, SampleField.TAGS, SampleCodec.MAX_TAGS, SampleCodec.MAX_TAG))
                .setStreamId(text(SampleField.STREAM_ID, SampleCodec.MAX_STREAM_ID))
                .setStartedAt(fields.time(entry, SampleField.STARTED_AT) ?: 0)
                .setSource(text(SampleField.SOURCE, SampleCodec.MAX_SOURCE).ifEmpty { RECORDED })
                .setComplete(fields.flag(entry, SampleField.COMPLETE) ?: !isGap)
            if (isGap) {
                val why = text(SampleField.GAP, SampleCodec.MAX_GAP).ifEmpty { reason ?: NO_REASON }
                sample.setGap(JsonText.whole(why, SampleCodec.MAX_GAP))
            }
            return of(sample.build(), fields.number(entry, SampleField.LIVE_VIEWERS))
        }

        private fun of(sample: Sample, liveViewers: Long?): SampleFacts {
            val isGap = sample.gap.isNotEmpty()
            val json = ByteSink(256)
            json.text("{\"polled_at\":")
            time(sample.polledAt, json)
            json.text(",\"viewer_count\":")
            if (liveViewers == null) json.text("null") else json.decimal(liveViewers)
            text("title", sample.title, json)
            text("game", sample.category, json)
            text("language", sample.language, json)
            json.text(",\"tags\":[")
            sample.tagsList.forEachIndexed { i, tag ->
                if (i > 0) json.ascii(',')
                JsonText.encode(tag, json)
            }
            json.ascii(']')
            text("stream_id", sample.streamId, json)
            json.text(",\"started_at\":")
            time(sample.startedAt, json)
            text("source", sample.source, json)
            json.text(",\"complete\":${sample.complete && !isGap}")
            if (isGap) text("gap", sample.gap, json)
            json.text(",\"chatters\":")
            return SampleFacts(isGap, sample.complete && !isGap, sample.source != RECORDED, sample.polledAt, json.copy())
        }

        private fun text(key: String, value: String, json: ByteSink) {
            json.text(",\"$key\":")
            JsonText.encode(value, json)
        }

        /** [epochSeconds] as ISO 8601; 0 is unknown. */
        private fun time(epochSeconds: Long, json: ByteSink) {
            if (epochSeconds == 0L) json.text("null") else json.text("\"${Instant.ofEpochSecond(epochSeconds)}\"")
        }
    }
}
