package twitchactors.node

import com.github.ajalt.clikt.core.Context
import com.github.ajalt.clikt.core.CoreCliktCommand
import com.github.ajalt.clikt.parameters.arguments.argument
import com.github.ajalt.clikt.parameters.arguments.convert
import com.github.ajalt.clikt.parameters.options.default
import com.github.ajalt.clikt.parameters.options.flag
import com.github.ajalt.clikt.parameters.options.option
import com.github.ajalt.clikt.parameters.types.int
import com.github.ajalt.clikt.parameters.types.restrictTo
import twitchactors.audience.StreamerDay
import twitchactors.audience.WindowAudience
import twitchactors.days.AudienceWindows
import twitchactors.domain.BadInput
import twitchactors.domain.Day
import twitchactors.store.DayAudienceHead
import java.nio.file.Files
import java.nio.file.Path
import java.util.Locale

/** `audience`: whose chats were visited by how many on a sealed day, and what they share. */
class AudienceCommand : CoreCliktCommand(name = "audience") {
    private val day by argument("DAY", help = "UTC date, yyyy-MM-dd, of a sealed day")
        .convert { Day.parse(it) ?: fail("'$it' is no day from 1970-01-01 to 9999-12-31: write it as yyyy-MM-dd") }
    private val data by option("--data", metavar = "DIR", help = "the data folder (default data)").default("data")
    private val days by option("--days", metavar = "N", help = "of the N days up to DAY together, 2 to 64; unsealed ones are left out")
        .int().restrictTo(2..Long.SIZE_BITS)
    private val json by option("--json", help = "print all figures and overlaps as one JSON document").flag()

    override fun help(context: Context) = """
        Shows the audience of a sealed day, streamer by streamer.

        Unique chatters, with and without those who look like bots, hours seen in chat, average and peak live viewers, airtime. Being seen in a
        chat is no proof of watching. With --days: unique chatters of several days, and of those of DAY which are new and which were seen on
        one of the days before.

        Examples:
          twitchactors audience 2022-08-01
          twitchactors audience 2022-08-30 --days 30
          twitchactors audience 2022-08-01 --data /srv/twitchactors --json
    """.trimIndent()

    override fun run() {
        if (!Files.isDirectory(Path.of(data))) throw BadInput("$data: there is no such data folder; name it with --data")
        Running.start(Path.of(data), emptySet()).use { running ->
            val audiences = running.stores.viewers.audiences
            // What is there belongs to the day as it is sealed only once the status says so.
            val status = running.stores.status(day)
            val head = audiences.head(day).toCompletableFuture().get()
            if (status == null || head == null || head.follows != status.audience) {
                val days = running.stores.closes.whole(running.stores.partitions.partitions.count)
                throw BadInput("$day is not sealed; " + if (days.isEmpty()) "no day is sealed yet" else "sealed are ${days.joinToString()}")
            }
            days?.let { return@use window(running, it) }
            val document = AudienceDocument(audiences, head)
            if (json) echo(document.json().toString()) else print(head, document.streamers())
        }
    }

    private fun window(running: Running, length: Int) {
        val windows = AudienceWindows(running.stores.seals, running.stores.partitions.partitions.count)
        val sealed = windows.days(day, length)
        if (sealed.size < 2) throw BadInput("of the $length days up to $day no other is sealed; leave --days out to see $day alone")
        val audience = windows.of(sealed) ?: throw BadInput("one of the days is being sealed anew; try again")
        if (json) return echo(WindowDocument(audience).json().toString())
        val between = "${sealed.first()} to ${sealed.last()}"
        echo("${sealed.size} days, $between: %,d viewers, %,d without bots".format(Locale.ROOT, audience.all, audience.people))
        echo(WINDOW_FORMAT.format(Locale.ROOT, "streamer", "chatters", "no bots", "new", "returning"))
        val order = compareByDescending<WindowAudience.Streamer> { it.all.viewers }.thenBy { it.streamer }
        for (streamer in audience.streamers.sortedWith(order)) {
            val figures = listOf(streamer.all.viewers, streamer.people.viewers, streamer.all.new, streamer.all.returning)
            val shown = figures.map { "%,d".format(Locale.ROOT, it) }.toTypedArray()
            echo(WINDOW_FORMAT.format(Locale.ROOT, streamer.streamer.name, *shown))
        }
    }

    private fun print(head: DayAudienceHead, streamers: List<StreamerDay>) {
        echo("$day, revision ${head.revision}: %,d viewers, %,d without bots".format(Locale.ROOT, head.all.viewers, head.people.viewers))
        echo(FORMAT.format(Locale.ROOT, "streamer", "chatters", "no bots", "hours in chat", "average", "peak", "airtime"))
        for (streamer in streamers.sortedWith(compareByDescending<StreamerDay> { it.all.viewers }.thenBy { it.streamer })) {
            val live = streamer.live
            echo(
                FORMAT.format(
                    Locale.ROOT,
                    streamer.streamer.name,
                    "%,d".format(Locale.ROOT, streamer.all.viewers),
                    "%,d".format(Locale.ROOT, streamer.people.viewers),
                    "%,.0f".format(Locale.ROOT, streamer.all.hoursSeen),
                    live.averageViewers?.let { "%,.0f".format(Locale.ROOT, it) } ?: UNKNOWN,
                    live.peak?.let { "%,d".format(Locale.ROOT, it) } ?: UNKNOWN,
                    "%d:%02d".format(Locale.ROOT, live.airtime / MINUTES, live.airtime % MINUTES),
                ),
            )
        }
    }

    private companion object {
        const val FORMAT = "%-25s %10s %10s %14s %10s %10s %8s"
        const val WINDOW_FORMAT = "%-25s %10s %10s %10s %10s"
        const val UNKNOWN = "-"
        const val MINUTES = 60
    }
}
