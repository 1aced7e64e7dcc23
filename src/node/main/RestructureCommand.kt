package twitchactors.node

import com.github.ajalt.clikt.core.Context
import com.github.ajalt.clikt.core.CoreCliktCommand
import com.github.ajalt.clikt.core.UsageError
import com.github.ajalt.clikt.parameters.arguments.argument
import com.github.ajalt.clikt.parameters.options.convert
import com.github.ajalt.clikt.parameters.options.flag
import com.github.ajalt.clikt.parameters.options.option
import com.github.ajalt.clikt.parameters.options.required
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.putJsonArray
import twitchactors.archive.ReplacedFile
import twitchactors.archive.SampleFile
import twitchactors.archive.ViewerDayFormat
import twitchactors.domain.BadInput
import twitchactors.domain.Day
import twitchactors.restructure.Restructure
import twitchactors.restructure.Summary
import java.nio.file.Files
import java.nio.file.Path
import java.util.Locale
import kotlin.io.path.nameWithoutExtension

/** `restructure`: recorded sample files to viewer-days in this process, without any service. */
class RestructureCommand : CoreCliktCommand(name = "restructure") {
    private val source by argument(
        "SOURCE",
        help = "a folder of sample files named <unix seconds>.json, a .7z of one, or a .parquet of ours",
    )
    private val out by option("--out", metavar = "FILE", help = "where to write; .csv, .jsonl or .parquet chooses the format").required()
    private val day by option("--day", metavar = "D", help = "UTC date, yyyy-MM-dd (default: the day most files belong to)")
        .convert { Day.parse(it) ?: fail("'$it' is no day from 1970-01-01 to 9999-12-31: write it as yyyy-MM-dd") }
    private val allDays by option("--all-days", help = "each day to a file of its own: FILE with the day before its extension").flag()
    private val json by option("--json", help = "print the summary, with the day's digest, as one JSON document").flag()

    override fun help(context: Context) = """
        Turns recorded sample files, time -> streamer -> viewers, into viewer-days, viewer -> streamer -> slots.

        Needs no service and little memory. Files that count for nothing are named on stderr, and the exit code is 1 then.

        Examples:
          twitchactors restructure day --out viewers.csv
          twitchactors restructure 2022-08-01.7z --out viewers.parquet --json
          twitchactors restructure august --all-days --out august.jsonl
          twitchactors restructure data/archive/2022-08-01.parquet --out viewers.csv
    """.trimIndent()

    /** A day that was written: its summary, where to, and how long it took. */
    private class Done(val summary: Summary, val target: Path, val seconds: Double)

    override fun run() {
        if (allDays && day != null) throw UsageError("--day and --all-days exclude each other")
        val format = ViewerDayFormat.of(out)
        ReplacedFile.check(Path.of(out))
        if (ArchivedRuns.isOne(source)) return runs()
        val done = Steps().use { steps -> RecordedSource.open(source, steps).use { days(it, format, steps) } }
        if (json) {
            echo(
                if (allDays) {
                    buildJsonObject {
                        putJsonArray("days") { done.forEach { add(document(it)) } }
                    }
                } else {
                    document(done.single())
                },
            )
        }
        done.forEach(::tell)
        if (done.any { it.summary.rejected.isNotEmpty() }) throw Ended(Exit.DATA_WRONG)
    }

    /** The runs are all there is in a Parquet file: it knows nothing of files, samples and gaps. */
    private fun runs() {
        val began = System.nanoTime()
        val runs = ArchivedRuns.open(source)
        if (day != null && day != runs.day) throw BadInput("$source is of ${runs.day}, not of $day")
        val totals = runs.write(Path.of(out), withDigest = json)
        val seconds = (System.nanoTime() - began) / 1e9
        if (json) {
            echo(totals.json(seconds))
            return
        }
        val counts = "%,d viewers, %,d (viewer, streamer) pairs, %,d sightings".format(
            Locale.ROOT,
            totals.viewers,
            totals.pairs,
            totals.sightings,
        )
        echo("${totals.day}: $counts")
        echo("  to $out, %,d bytes, in %.1f s".format(Locale.ROOT, Files.size(Path.of(out)), seconds))
    }

    private fun days(recorded: RecordedSource, format: ViewerDayFormat, steps: Steps): List<Done> {
        val files = recorded.files
        val main = recorded.day(day)
        if (!allDays) return listOf(one(files.files, main, Path.of(out), format, steps))
        // A file that belongs to no day is told with the first.
        val byDay = files.days.mapIndexed { i, day -> day to files.files.filter { it.name.day == day || (i == 0 && it.name.day == null) } }
        val failures = ArrayList<BadInput>()
        val done = byDay.mapNotNull { (day, ofDay) ->
            val file = Path.of(out)
            val target = file.resolveSibling("${file.nameWithoutExtension}.$day.${out.substringAfterLast('.')}")
            try {
                one(ofDay, day, target, format, steps)
            } catch (bad: BadInput) {
                System.err.println("twitchactors: ${bad.message}")
                failures += bad
                null
            }
        }
        if (done.isEmpty()) throw failures.first()
        if (failures.isNotEmpty()) {
            done.forEach(::tell)
            throw Ended(Exit.DATA_WRONG)
        }
        return done
    }

    private fun one(files: List<SampleFile>, day: Day, target: Path, format: ViewerDayFormat, steps: Steps): Done {
        val began = System.nanoTime()
        val summary = ReplacedFile.write(target) { stream ->
            Restructure(Runtime.getRuntime().availableProcessors(), steps).run(files, day, format, stream, withDigest = json)
        }
        return Done(summary, target, (System.nanoTime() - began) / 1e9)
    }

    private fun tell(done: Done) {
        val summary = done.summary
        summary.rejected.forEach { System.err.println("rejected ${it.file}: ${it.reason}") }
        summary.badValues.forEach { System.err.println("gap in $it") }
        val more = summary.badValueCount - summary.badValues.size
        if (more > 0) System.err.println("and $more more such gaps")
        if (json) return
        echo(
            "${summary.day}: %,d viewers, %,d (viewer, streamer) pairs, %,d sightings".format(
                Locale.ROOT,
                summary.viewers,
                summary.pairs,
                summary.sightings,
            ),
        )
        echo(
            "  from %,d files (%d rejected, %d slots missing), %,d samples, %,d gaps, %,d names dropped".format(
                Locale.ROOT,
                summary.files,
                summary.rejected.size,
                summary.slotsMissing,
                summary.samples,
                summary.gaps,
                summary.namesDropped,
            ),
        )
        echo("  to ${done.target}, %,d bytes, in %.1f s".format(Locale.ROOT, Files.size(done.target), done.seconds))
    }

    private fun document(done: Done): JsonElement = done.summary.run {
        val totals = SummaryDocument.Totals(sightings, viewers, pairs, digest)
        SummaryDocument(day, files, rejected, samples, gaps, slotsMissing, namesDropped, totals, done.seconds).json()
    }
}
