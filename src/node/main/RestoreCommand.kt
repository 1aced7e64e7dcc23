package twitchactors.node

import com.github.ajalt.clikt.core.Context
import com.github.ajalt.clikt.core.CoreCliktCommand
import com.github.ajalt.clikt.parameters.arguments.argument
import com.github.ajalt.clikt.parameters.arguments.convert
import com.github.ajalt.clikt.parameters.options.default
import com.github.ajalt.clikt.parameters.options.flag
import com.github.ajalt.clikt.parameters.options.option
import com.github.ajalt.clikt.parameters.types.long
import twitchactors.domain.Day
import twitchactors.topics.RecordedFeed
import java.nio.file.Path
import java.time.Duration
import java.util.Locale

/** `restore`: an archived day through the pipeline again. */
class RestoreCommand : CoreCliktCommand(name = "restore") {
    private val day by argument("DAY", help = "UTC date, yyyy-MM-dd, of an archived day")
        .convert { Day.parse(it) ?: fail("'$it' is no day from 1970-01-01 to 9999-12-31: write it as yyyy-MM-dd") }
    private val data by option("--data", metavar = "DIR", help = "the data folder (default data)").default("data")
    private val timeout by option("--timeout", metavar = "S", help = "seconds to wait at most; what was done is kept").long()
    private val json by option("--json", help = "print the summary as one JSON document").flag()

    override fun help(context: Context) = """
        Brings an archived day back.

        DATA/archive/<day>.7z is unpacked, compared with its manifest, and sent through the whole pipeline until the day is sealed. Samples keep their sources. What is there of the day is joined with it. The exit code is 1 when the day that comes out is not the one that was archived, as when a viewer is kept out since.

        Examples:
          twitchactors restore 2022-08-01
          twitchactors restore 2022-08-01 --data /srv/twitchactors --json
    """.trimIndent()

    override fun run() {
        Steps().use { steps ->
            val patience = Patience(timeout?.let(Duration::ofSeconds))
            val restored = ArchivedDay(Path.of(data), day).restore(steps) { opened ->
                OnPipeline.run(data) { running ->
                    RecordedReplay(running, steps, patience, RecordedFeed.RESTORE).use { it.day(opened.files.files, day) }.also {
                        AuditNotes(running, patience).note("restore", "$day", "now revision ${it.status.revision}")
                    }
                }
            }
            steps.close()
            tell(restored)
        }
    }

    private fun tell(restored: ArchivedDay.Restored) {
        val done = restored.done
        val status = done.status
        if (json) {
            echo(done.document.json(status.revision))
        } else {
            echo("$day: %,d viewers, %,d files, %,d samples".format(Locale.ROOT, status.viewers, done.fed.files, done.fed.samples))
            echo("  revision ${status.revision}, digest ${status.digest}, in ${"%.1f".format(Locale.ROOT, done.seconds)} s")
        }
        if (!restored.isSame) {
            System.err.println(
                "$day is not the day that was archived, whose digest is ${restored.archived}: something else was there, " +
                    "or somebody is kept out since",
            )
            throw Ended(Exit.DATA_WRONG)
        }
    }
}
