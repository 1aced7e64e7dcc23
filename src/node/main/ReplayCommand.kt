package twitchactors.node

import com.github.ajalt.clikt.core.Context
import com.github.ajalt.clikt.core.CoreCliktCommand
import com.github.ajalt.clikt.core.UsageError
import com.github.ajalt.clikt.parameters.arguments.argument
import com.github.ajalt.clikt.parameters.options.convert
import com.github.ajalt.clikt.parameters.options.default
import com.github.ajalt.clikt.parameters.options.flag
import com.github.ajalt.clikt.parameters.options.option
import com.github.ajalt.clikt.parameters.types.long
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.putJsonArray
import twitchactors.domain.BadInput
import twitchactors.domain.Day
import java.nio.file.Path
import java.time.Duration
import java.util.Locale

/** `replay`: recorded sample files through the whole pipeline, until their days are sealed and published. */
class ReplayCommand : CoreCliktCommand(name = "replay") {
    private val source by argument("SOURCE", help = "a folder of sample files named <unix seconds>.json, or a .7z of one; never changed")
    private val day by option("--day", metavar = "D", help = "UTC date, yyyy-MM-dd (default: the day most files belong to)")
        .convert { Day.parse(it) ?: fail("'$it' is no day from 1970-01-01 to 9999-12-31: write it as yyyy-MM-dd") }
    private val allDays by option("--all-days", help = "one day after the other").flag()
    private val fresh by option("--fresh", help = "drop what there is of the day first: then only what is replayed counts").flag()
    private val data by option("--data", metavar = "DIR", help = "the data folder (default data)").default("data")
    private val timeout by option("--timeout", metavar = "S", help = "seconds to wait at most; what was done is kept").long()
    private val json by option("--json", help = "print the summary as one JSON document").flag()

    override fun help(context: Context) = """
        Sends recorded days through the whole pipeline.

        Kafka, viewer partitions and databases work as they do live, as fast as they go, until each day is sealed. A day that is there already is joined with the recorded one, or dropped first with --fresh.

        Examples:
          twitchactors replay day
          twitchactors replay 2022-08-01.7z --data /srv/twitchactors --json
          twitchactors replay day --fresh
    """.trimIndent()

    override fun run() {
        if (allDays && day != null) throw UsageError("--day and --all-days exclude each other")
        val done = Steps().use { steps ->
            RecordedSource.open(source, steps).use { recorded ->
                val days = if (allDays) recorded.files.days else listOf(recorded.day(day))
                if (recorded.files.files.none { it.name.day in days }) {
                    throw BadInput("$source: no sample file of ${days.joinToString()}; name another day with --day")
                }
                replay(recorded, days, steps, Patience(timeout?.let(Duration::ofSeconds)))
            }
        }
        if (json) echo(if (allDays) buildJsonObject { putJsonArray("days") { done.forEach { add(json(it)) } } } else json(done.single()))
        done.forEach(::tell)
        if (done.any { it.fed.rejected.isNotEmpty() }) throw Ended(Exit.DATA_WRONG)
    }

    private fun json(done: RecordedReplay.Done) = done.document.json(done.status.revision)

    /** Begins anew when another process ran the services and has ended: feeding a day again does no harm. */
    private fun replay(recorded: RecordedSource, days: List<Day>, steps: Steps, patience: Patience): List<RecordedReplay.Done> {
        while (true) {
            try {
                return Running.start(Path.of(data), setOf(NodeRole.PROFILE)).use { running ->
                    running.whileOwned { replay(running, recorded, days, steps, patience) }
                }
            } catch (gone: OwnerGone) {
                System.err.println("twitchactors: ${gone.message}; starting again with services of this one")
            }
        }
    }

    private fun replay(running: Running, recorded: RecordedSource, days: List<Day>, steps: Steps, patience: Patience) =
        RecordedReplay(running, steps, patience).use { replay ->
            days.map { day ->
                if (fresh) {
                    // What cannot be fed must not cost what is there.
                    recorded.checkHolds(day)
                    AuditNotes(running, patience).note("replay --fresh", "$day", "what there was of the day is dropped")
                    FreshDay(running, replay.system, steps, patience).begin(day)
                }
                replay.day(recorded.files.files, day)
            }
        }

    private fun tell(done: RecordedReplay.Done) {
        val fed = done.fed
        fed.rejected.forEach { System.err.println("rejected ${it.file}: ${it.reason}") }
        fed.badValues.forEach { System.err.println("gap in $it") }
        if (json) return
        val status = done.status
        val totals = "%,d viewers, %,d (viewer, streamer) pairs, %,d sightings"
        echo("${fed.day}: ${totals.format(Locale.ROOT, status.viewers, status.pairs, status.sightings)}")
        echo(
            "  from %,d files (%d rejected, %d slots missing), %,d samples, %,d gaps, %,d names dropped".format(
                Locale.ROOT,
                fed.files,
                fed.rejected.size,
                fed.slotsMissing,
                fed.samples,
                fed.gaps,
                fed.namesDropped,
            ),
        )
        val merged = when {
            done.before == null -> "new"
            fresh && done.before.revision == status.revision -> "fresh; the same as what was there"
            fresh -> "fresh; what was there was revision ${done.before.revision}"
            done.before.revision == status.revision -> "joined with what was there; nothing changed"
            else -> "joined with what was there, which was revision ${done.before.revision}"
        }
        echo("  revision ${status.revision} ($merged), digest ${status.digest}, in ${"%.1f".format(Locale.ROOT, done.seconds)} s")
    }
}
