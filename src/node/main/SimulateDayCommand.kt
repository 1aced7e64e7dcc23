package twitchactors.node

import com.github.ajalt.clikt.core.Context
import com.github.ajalt.clikt.core.CoreCliktCommand
import com.github.ajalt.clikt.parameters.options.convert
import com.github.ajalt.clikt.parameters.options.default
import com.github.ajalt.clikt.parameters.options.flag
import com.github.ajalt.clikt.parameters.options.option
import com.github.ajalt.clikt.parameters.options.required
import com.github.ajalt.clikt.parameters.types.int
import com.github.ajalt.clikt.parameters.types.long
import twitchactors.domain.BadInput
import twitchactors.domain.Day
import twitchactors.simulator.DayFolder
import twitchactors.simulator.FilePlan
import twitchactors.simulator.World
import java.nio.file.Path
import java.util.Locale

/** `simulate-day`: a deterministic day of sample files with its exact answer. */
class SimulateDayCommand : CoreCliktCommand(name = "simulate-day") {
    private val out by option("--out", metavar = "DIR", help = "the folder to make: new, or empty").required()
    private val viewers by option("--viewers", metavar = "N", help = "accounts seen at least once on the day (default $VIEWERS)")
        .int().default(VIEWERS)
    private val streamers by option("--streamers", metavar = "N", help = "streamers tracked (default $STREAMERS)")
        .int().default(STREAMERS)
    private val seed by option("--seed", metavar = "S", help = "another seed is another world (default 1)").long().default(1)
    private val day by option("--day", metavar = "D", help = "UTC date, yyyy-MM-dd (default $DAY)")
        .convert { Day.parse(it) ?: fail("'$it' is no day from 1970-01-01 to 9999-12-31: write it as yyyy-MM-dd") }
        .default(checkNotNull(Day.parse(DAY)))
    private val irregular by option("--irregular", help = "plant what recordings suffer from: gaps, cut files, second polls, odd names")
        .flag()
    private val json by option("--json", help = "print the summary as one JSON document").flag()

    override fun help(context: Context) = """
        Writes a deterministic day of sample files, one per five minutes.

        Its exact answer is in DIR/answer.csv, counts and digest in DIR/answer.json. The same arguments give the same bytes on any machine.

        Examples:
          twitchactors simulate-day --out day
          twitchactors simulate-day --out day --irregular --viewers 20000 --streamers 40
          twitchactors simulate-day --out big --viewers 900000 --streamers 100 --day 2022-08-05
    """.trimIndent()

    override fun run() {
        val began = System.nanoTime()
        if (viewers !in 1..World.MAX_VIEWERS) throw BadInput("--viewers $viewers: give a number from 1 to ${World.MAX_VIEWERS}")
        if (streamers !in 1..World.MAX_STREAMERS) throw BadInput("--streamers $streamers: give a number from 1 to ${World.MAX_STREAMERS}")
        val folder = Path.of(out)
        DayFolder.check(folder)
        val worldDay = Progress("simulating viewers", viewers.toLong()).use { World(seed, viewers, streamers).day(day, it::reach) }
        val plan = if (irregular) FilePlan.irregular(worldDay) else FilePlan.regular(worldDay)
        val written = Progress("writing sample files", plan.files.size.toLong()).use { files ->
            Progress("writing the answer", viewers.toLong()).use { answer ->
                DayFolder(worldDay, plan).write(folder, files::reach, answer::reach)
            }
        }
        val seconds = String.format(Locale.ROOT, "%.1f", (System.nanoTime() - began) / 1e9)
        echo(if (json) document(written, seconds) else summary(written, seconds))
    }

    private fun summary(written: DayFolder.Written, seconds: String): String {
        val answer = written.answer
        return "${answer.day}: ${written.files} files in $out, ${written.bytes} bytes, $seconds s\n" +
            "${answer.viewers} viewers, ${answer.pairs} (viewer, streamer) pairs, ${answer.sightings} sightings: " +
            "see answer.csv and answer.json"
    }

    private fun document(written: DayFolder.Written, seconds: String): String {
        val answer = DayFolder.json(written.answer).trimEnd().removeSuffix("}")
        return "$answer,\"files_written\":${written.files},\"bytes\":${written.bytes},\"seconds\":$seconds}"
    }

    private companion object {
        const val VIEWERS = 20_000
        const val STREAMERS = 40
        const val DAY = "2022-08-01"
    }
}
