package twitchactors.node

import com.github.ajalt.clikt.core.Context
import com.github.ajalt.clikt.core.CoreCliktCommand
import com.github.ajalt.clikt.parameters.arguments.argument
import com.github.ajalt.clikt.parameters.arguments.convert
import com.github.ajalt.clikt.parameters.options.default
import com.github.ajalt.clikt.parameters.options.flag
import com.github.ajalt.clikt.parameters.options.option
import com.github.ajalt.clikt.parameters.types.long
import com.sun.management.OperatingSystemMXBean
import kotlinx.serialization.json.Json
import twitchactors.archiver.DayArchiver
import twitchactors.domain.BadInput
import twitchactors.domain.Day
import java.lang.management.ManagementFactory
import java.time.Duration
import java.util.Locale

/** `archive`: the sample files of a sealed day become its archive. */
class ArchiveCommand : CoreCliktCommand(name = "archive") {
    private val day by argument("DAY", help = "UTC date, yyyy-MM-dd, of a sealed day")
        .convert { Day.parse(it) ?: fail("'$it' is no day from 1970-01-01 to 9999-12-31: write it as yyyy-MM-dd") }
    private val data by option("--data", metavar = "DIR", help = "the data folder (default data)").default("data")
    private val timeout by option(
        "--timeout",
        metavar = "S",
        help = "seconds to wait for the recorder at most (default 120)",
    ).long().default(120)
    private val json by option("--json", help = "print the archive's description as one JSON document").flag()

    override fun help(context: Context) = """
        Packs the sample files of a sealed day.

        DATA/archive/<day>.7z, the Parquet of the runs and a description beside it. The archive is read back and must fold to what was sealed; only then the sample files are removed. What comes later for the day is added by archiving it again. A node with the role archive does this by itself at 02:00 UTC.

        Examples:
          twitchactors archive 2022-08-01
          twitchactors archive 2022-08-01 --data /srv/twitchactors --json
    """.trimIndent()

    override fun run() {
        val settings = mapOf("twitchactors.archiver.nightly" to false)
        val began = System.nanoTime()
        val archived = OnPipeline.run(data, setOf(NodeRole.PROFILE, NodeRole.ARCHIVE), settings = settings) { running ->
            Steps().use { steps -> archive(running, DayKeeping(running.configuration, running.services, running.stores, steps = steps)) }
        }
        val description = archived.description
        if (json) {
            echo(Json.encodeToString(Json.parseToJsonElement(description.json())))
            return
        }
        if (!archived.isNew) {
            echo("$day is archived already; ${archived.removed} sample files removed")
            return
        }
        val cpu = (ManagementFactory.getOperatingSystemMXBean() as OperatingSystemMXBean).processCpuTime
        echo("$day: %,d sample files removed".format(Locale.ROOT, archived.removed))
        echo("  %s: %,d bytes".format(Locale.ROOT, description.archive.name, description.archive.size))
        echo("  %s: %,d bytes".format(Locale.ROOT, description.parquet.name, description.parquet.size))
        echo("  revision ${description.content.revision}, digest ${description.content.digest}")
        echo("  in %.1f s, %.1f s of CPU".format(Locale.ROOT, (System.nanoTime() - began) / 1e9, cpu / 1e9))
    }

    /** While the recorder has not written all, what it has written may be less than was sealed. */
    private fun archive(running: Running, days: DayKeeping): DayArchiver.Archived {
        val patience = Patience(Duration.ofSeconds(timeout))
        var archived: DayArchiver.Archived? = null
        patience.until("the sample files of $day to be written") {
            running.tend()
            // Asked before: what was folded may lack what is written while that goes on.
            val wasBehind = days.isBehind()
            try {
                archived = days.archive(days.requireSealed(day))
            } catch (bad: BadInput) {
                if (days.sealed(day) == null || !wasBehind) throw bad
            }
            archived != null
        }
        return checkNotNull(archived).also {
            val what = if (it.isNew) "archived" else "was archived already"
            val content = "revision ${it.description.content.revision}, ${it.description.archive.size} bytes"
            AuditNotes(running, Patience(null)).note("archive", "$day", "$what: $content; ${it.removed} sample files removed")
        }
    }
}
