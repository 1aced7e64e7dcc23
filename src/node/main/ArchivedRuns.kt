package twitchactors.node

import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import twitchactors.archive.DayDigest
import twitchactors.archive.NotOurParquet
import twitchactors.archive.OrderedRows
import twitchactors.archive.ParquetRows
import twitchactors.archive.ReplacedFile
import twitchactors.archive.ViewerDayFormat
import twitchactors.domain.BadInput
import twitchactors.domain.Day
import twitchactors.domain.PairSink
import twitchactors.domain.SlotSets
import java.io.IOException
import java.nio.file.Path
import java.util.Arrays

/** The viewer-days in a Parquet file of ours, as `restructure`, `export` and the archive write them. */
class ArchivedRuns private constructor(private val source: Path, private val rows: ParquetRows) {
    val day: Day get() = rows.day

    /** What was written. */
    class Totals(val day: Day, val viewers: Long, val pairs: Long, val sightings: Long, val digest: String?) {
        fun json(seconds: Double): JsonObject = buildJsonObject {
            put("day", day.toString())
            put("sightings", sightings)
            put("viewers", viewers)
            put("pairs", pairs)
            put("digest", digest)
            put("seconds", Math.round(seconds * MILLIS) / MILLIS)
        }
    }

    /** Counts what passes. */
    private class Counting(private val sinks: List<PairSink>) : PairSink {
        private var last = ByteArray(0)
        var viewers = 0L
        var pairs = 0L
        var sightings = 0L

        override fun row(viewer: ByteArray, length: Int, streamer: Int, runs: IntArray, count: Int) {
            if (!Arrays.equals(viewer, 0, length, last, 0, last.size)) {
                viewers++
                last = viewer.copyOf(length)
            }
            pairs++
            for (i in 0 until count) sightings += SlotSets.length(runs[i])
            sinks.forEach { it.row(viewer, length, streamer, runs, count) }
        }
    }

    /** Writes them to [target] in its format; the bytes are those that the day's sample files give. */
    fun write(target: Path, withDigest: Boolean): Totals = ReplacedFile.write(target) { out ->
        val digest = if (withDigest) DayDigest(rows.streamers) else null
        val writers = listOfNotNull(ViewerDayFormat.of("$target").writer(out, rows.day, rows.streamers), digest).map(::OrderedRows)
        val counting = Counting(writers)
        try {
            rows.forEach(counting)
        } catch (bad: NotOurParquet) {
            throw BadInput("$source ${bad.reason}; nothing of it was used", bad)
        }
        writers.forEach { it.close() }
        Totals(rows.day, counting.viewers, counting.pairs, counting.sightings, digest?.hex)
    }

    companion object {
        private const val MILLIS = 1000.0

        /** Whether [source] is to be read as such a file. */
        fun isOne(source: String): Boolean = source.endsWith(".parquet", ignoreCase = true)

        /** @throws BadInput when [source] is none that this program wrote */
        fun open(source: String): ArchivedRuns = try {
            ArchivedRuns(Path.of(source), ParquetRows.open(Path.of(source)))
        } catch (bad: NotOurParquet) {
            throw BadInput("$source ${bad.reason}; only Parquet that this program wrote can be read", bad)
        } catch (bad: IOException) {
            throw BadInput("$source: cannot be read (${bad.javaClass.simpleName}); check its name and permissions", bad)
        }
    }
}
