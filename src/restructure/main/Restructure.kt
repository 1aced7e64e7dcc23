package twitchactors.restructure

import twitchactors.archive.DayDigest
import twitchactors.archive.DayFiles
import twitchactors.archive.FileBytes
import twitchactors.archive.NotASampleFile
import twitchactors.archive.ParquetLayout
import twitchactors.archive.Rejected
import twitchactors.archive.SampleFile
import twitchactors.archive.SampleFileReader
import twitchactors.archive.ViewerDayFormat
import twitchactors.domain.BadInput
import twitchactors.domain.Day
import twitchactors.domain.SlotSets
import java.io.OutputStream
import java.util.concurrent.atomic.AtomicInteger

/**
 * Turns the recorded samples of a day, time -> streamer -> viewers, into viewer-days, viewer -> streamer -> slots, in this
 * process. The day never stands in memory as a whole: files are checked one by one and remembered as places of lists, then
 * folded one streamer at a time into pairs of about 20 bytes, then sorted and encoded piece by piece.
 *
 * @param threads how many work at a time
 * @param layout where the format is Parquet
 */
class Restructure(
    private val threads: Int,
    private val listener: StepListener = StepListener.None,
    private val layout: ParquetLayout = ParquetLayout.BY_VIEWER,
) {
    /**
     * Writes the viewer-days of [day] to [out], which is not closed.
     *
     * @param files those of other days are rejected
     * @param withDigest whether the day's digest is computed too, which takes about as long as all the rest
     * @throws BadInput when no file counts
     */
    fun run(files: List<SampleFile>, day: Day, format: ViewerDayFormat, out: OutputStream, withDigest: Boolean): Summary {
        val dayFiles = DayFiles(files, day)
        val rejected = ArrayList(dayFiles.ofOtherDays)
        Workers(threads).use { workers ->
            val index = index(workers, dayFiles.files, rejected)
            rejected.sort()
            val coverage = index.coverage
            if (coverage.goodFiles == 0) throw dayFiles.noneIsGood(rejected)
            val spool = PairSpool()
            val folds = fold(workers, index, spool)
            val rows = write(workers, index, spool, day, format, CountingStream(out), withDigest)
            return Summary(
                day, coverage.goodFiles, rejected, coverage.sampleCount, coverage.gapCount, coverage.badValues, coverage.badValueCount,
                coverage.slotsMissing, coverage.keysDropped + folds.sumOf { it.namesDropped }, folds.sumOf { it.sightings },
                rows.viewers, rows.pairs, rows.digest, rows.bytes,
            )
        }
    }

    private fun index(workers: Workers, files: List<SampleFile>, rejected: MutableList<Rejected>): SampleIndex {
        val index = SampleIndex(files)
        val next = AtomicInteger()
        listener.begin("checking files", files.size.toLong())
        workers.each {
            val reader = SampleFileReader()
            while (true) {
                val file = next.getAndIncrement()
                if (file >= files.size) break
                try {
                    index.add(file, reader.read(files[file]))
                } catch (bad: NotASampleFile) {
                    synchronized(rejected) { rejected += Rejected(files[file].name.name, bad.reason) }
                }
                listener.advance(1)
            }
        }
        return index
    }

    private fun fold(workers: Workers, index: SampleIndex, spool: PairSpool): List<StreamerFold> {
        val streamers = index.byStreamer()
        val next = AtomicInteger()
        listener.begin("folding names", index.listBytes)
        return OpenFiles(index.files).use { files ->
            workers.each {
                val bytes = FileBytes()
                val fold = StreamerFold()
                val pairs = spool.writer()
                while (true) {
                    val lists = streamers.getOrNull(next.getAndIncrement()) ?: break
                    lists.forEach { file, slot, from, to ->
                        files.read(file, from, to, bytes)
                        fold.list(bytes.array, 0, to - from, slot)
                    }
                    fold.finish(lists.streamer, pairs)
                    listener.advance(lists.bytes)
                }
                fold
            }
        }
    }

    private class Rows(val viewers: Long, val pairs: Long, val bytes: Long, val digest: String?)

    private fun write(
        workers: Workers,
        index: SampleIndex,
        spool: PairSpool,
        day: Day,
        format: ViewerDayFormat,
        out: CountingStream,
        withDigest: Boolean,
    ): Rows {
        val digest = if (withDigest) DayDigest(index.streamers) else null
        val writers = listOfNotNull(format.writer(out, day, index.streamers, layout), digest)
        val parts = parts(spool, writers.maxOf { it.rowsPerPart })
        val pairs = (0 until PairSpool.BUCKETS).sumOf { spool.count(it).toLong() }
        val next = AtomicInteger()
        val turn = InOrder()
        listener.begin("writing rows", pairs)
        val viewers = workers.each {
            val rows = BucketRows(spool, writers.map { it.encoder() })
            while (true) {
                val number = next.getAndIncrement()
                val part = parts.getOrNull(number) ?: break
                val written = rows.encode(part)
                turn.at(number) { writers.forEachIndexed { i, writer -> writer.append(rows.encoders[i]) } }
                listener.advance(written)
            }
            rows.viewers
        }
        writers.forEach { it.close() }
        return Rows(viewers.sum(), pairs, out.count, digest?.hex)
    }

    /** Neighbouring buckets, together about [rowsPerPart] rows. */
    private fun parts(spool: PairSpool, rowsPerPart: Int): List<IntRange> {
        val parts = ArrayList<IntRange>()
        var first = 0
        var rows = 0
        for (bucket in 0 until PairSpool.BUCKETS) {
            rows += spool.count(bucket)
            if (rows >= rowsPerPart || bucket == PairSpool.BUCKETS - 1) {
                parts += first..bucket
                first = bucket + 1
                rows = 0
            }
        }
        return parts
    }
}
