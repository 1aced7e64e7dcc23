package twitchactors.topics

import twitchactors.archive.JsonText
import twitchactors.archive.NameReader
import twitchactors.archive.SampleField
import twitchactors.archive.SampleFields
import twitchactors.archive.SampleFile
import twitchactors.archive.SampleFileReader
import twitchactors.archive.SampleScan
import twitchactors.domain.ByteSink
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.LoginFilter
import twitchactors.topics.wire.Sample

/**
 * Turns the files of [day] into samples. Each value of a streamer's key is one poll: two keys of a file that mean the same
 * streamer are two polls in one slot, whose union counts. For one thread.
 *
 * @param feed makes the ids of the polls differ from those of other runs
 * @param admits who may be in the samples
 * @param restores whether these are our own files on their way back: then samples keep their source, gaps
 *   their reasons, and what is unknown stays so
 */
internal class RecordedSamples(
    private val day: Day,
    private val feed: String,
    private val restores: Boolean = false,
    private val admits: LoginFilter = LoginFilter.All,
) {
    private val reader = SampleFileReader()
    private val names = NameReader()
    private val lines = ByteSink(1 shl 16)

    val loginsRead: Long get() = names.loginsRead
    val namesDropped: Long get() = names.namesDropped

    /**
     * Reads [file]; [sample] gets each sample of it, to be encoded at once: its logins are overwritten by the next one's.
     *
     * @return what the file holds, until the next call
     * @throws twitchactors.archive.NotASampleFile before the first sample
     */
    inline fun read(file: SampleFile, sample: (streamer: Login, sample: Sample) -> Unit): SampleScan {
        val scan = reader.read(file)
        val fields = SampleFields(reader.bytes, scan)
        var entry = 0
        while (entry < scan.size) {
            val first = entry
            val droppedBefore = names.namesDropped
            lines.clear()
            while (entry < scan.size && scan.value(entry) == scan.value(first)) {
                if (!scan.isGap(entry)) names.append(reader.bytes, scan.from(entry), scan.to(entry), lines)
                entry++
            }
            if (admits != LoginFilter.All) leaveOut()
            val builder = about(file, scan, fields, first).setNamesDropped((names.namesDropped - droppedBefore).toInt())
            PollChunks.forEach(builder, lines) { sample(scan.streamer(first), it) }
        }
        return scan
    }

    /** Closes the gaps in [lines] that those leave who are not admitted. */
    private fun leaveOut() {
        var kept = 0
        Logins(lines.array, 0, lines.size).forEach { from, to ->
            if (!admits.admits(lines.array, from, to)) return@forEach
            val length = to + 1 - from
            System.arraycopy(lines.array, from, lines.array, kept, length)
            kept += length
        }
        lines.cut(kept)
    }

    private fun about(file: SampleFile, scan: SampleScan, fields: SampleFields, entry: Int): Sample.Builder {
        val seconds = file.name.name.substringBefore('.').toLong()
        val builder = Sample.newBuilder()
            .setStreamer(scan.streamer(entry).name)
            .setDay(day.epochDay)
            .setSlot(file.name.slot.index)
            .setPolledAt(fields.time(entry, SampleField.POLLED_AT) ?: if (restores) 0 else seconds)
            .setSource(source(fields, entry))
            .setComplete(!scan.isGap(entry) && fields.flag(entry, SampleField.COMPLETE) != false)
            .setPoll("$feed:$seconds:${scan.value(entry)}")
            .addAllTags(fields.texts(entry, SampleField.TAGS, SampleCodec.MAX_TAGS, SampleCodec.MAX_TAG))
        fields.number(entry, SampleField.LIVE_VIEWERS)?.takeIf { it <= Int.MAX_VALUE }?.let { builder.setLiveViewers(it.toInt()) }
        fields.text(entry, SampleField.TITLE, SampleCodec.MAX_TITLE)?.let { builder.setTitle(it) }
        fields.text(entry, SampleField.CATEGORY, SampleCodec.MAX_CATEGORY)?.let { builder.setCategory(it) }
        fields.text(entry, SampleField.LANGUAGE, SampleCodec.MAX_LANGUAGE)?.let { builder.setLanguage(it) }
        fields.text(entry, SampleField.STREAM_ID, SampleCodec.MAX_STREAM_ID)?.let { builder.setStreamId(it) }
        fields.time(entry, SampleField.STARTED_AT)?.let { builder.setStartedAt(it) }
        if (scan.isGap(entry)) {
            val said = if (restores) fields.text(entry, SampleField.GAP, SampleCodec.MAX_GAP) else null
            builder.setGap(JsonText.whole(said?.ifEmpty { null } ?: scan.reason(entry) ?: SAID_NULL, SampleCodec.MAX_GAP))
        }
        return builder
    }

    private fun source(fields: SampleFields, entry: Int): String {
        val said = if (restores) fields.text(entry, SampleField.SOURCE, SampleCodec.MAX_SOURCE) else null
        return said?.ifEmpty { null } ?: SOURCE
    }

    private companion object {
        const val SOURCE = "recorded"
        const val SAID_NULL = "the recording says null"
    }
}
