package twitchactors.node

import com.github.ajalt.clikt.core.Context
import com.github.ajalt.clikt.core.CoreCliktCommand
import com.github.ajalt.clikt.parameters.arguments.argument
import com.github.ajalt.clikt.parameters.arguments.convert
import com.github.ajalt.clikt.parameters.options.default
import com.github.ajalt.clikt.parameters.options.option
import com.github.ajalt.clikt.parameters.options.required
import reactor.core.publisher.Flux
import twitchactors.archive.OrderedRows
import twitchactors.archive.ReplacedFile
import twitchactors.archive.ViewerDayFormat
import twitchactors.domain.BadInput
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.LoginWords
import twitchactors.domain.OpenDayForm
import twitchactors.domain.Runs
import twitchactors.domain.SlotSets
import twitchactors.domain.ViewerMerge
import twitchactors.store.Seal
import twitchactors.store.ViewerDay
import java.io.OutputStream
import java.nio.file.Files
import java.nio.file.Path
import java.util.Locale

/** `export`: the viewer-days of a sealed day, as the viewer database has them. */
class ExportCommand : CoreCliktCommand(name = "export") {
    private val day by argument("DAY", help = "UTC date, yyyy-MM-dd, of a sealed day")
        .convert { Day.parse(it) ?: fail("'$it' is no day from 1970-01-01 to 9999-12-31: write it as yyyy-MM-dd") }
    private val out by option("--out", metavar = "FILE", help = "where to write; .csv, .jsonl or .parquet chooses the format").required()
    private val data by option("--data", metavar = "DIR", help = "the data folder (default data)").default("data")

    override fun help(context: Context) = """
        Writes the viewer-days of a sealed day from the viewer database.

        The formats are those of restructure, and equal days give equal bytes.

        Examples:
          twitchactors export 2022-08-01 --out viewers.csv
          twitchactors export 2022-08-01 --data /srv/twitchactors --out viewers.parquet
    """.trimIndent()

    override fun run() {
        val format = ViewerDayFormat.of(out)
        val target = Path.of(out)
        ReplacedFile.check(target)
        val rows = OnPipeline.run(data, roles = emptySet()) { running ->
            val seals = sealed(running)
            // Before: what has left is in the trail, whatever happens then.
            val what = "${seals.sumOf { it.viewers }} viewers as ${format.name.lowercase()}"
            AuditNotes(running, Patience(null)).note("export", "$day", what)
            Progress("exporting viewers", seals.sumOf { it.viewers }).use { progress ->
                ReplacedFile.write(target) { Export(running, seals, progress).write(format, it) }
            }
        }
        echo("$day: %,d rows to $out, %,d bytes".format(Locale.ROOT, rows, Files.size(target)))
    }

    private fun sealed(running: Running): List<Seal> {
        val partitions = running.stores.partitions.partitions.count
        val seals = running.stores.seals.of(day)
        if (seals.size < partitions || seals.any { !it.published }) {
            val days = running.stores.closes.whole(partitions)
            val known = if (days.isEmpty()) "no day is sealed yet" else "sealed are ${days.joinToString()}"
            throw BadInput("$day is not sealed; $known")
        }
        return seals
    }

    private inner class Export(private val running: Running, private val seals: List<Seal>, private val progress: Progress) {
        private val streamers = merge().streamers
        private val numberOf = streamers.withIndex().associate { it.value to it.index }
        private val name = ByteArray(LoginWords.BYTES)
        private val runs = IntArray(SlotSets.MAX_RUNS)

        /** Returns the number of rows. */
        fun write(format: ViewerDayFormat, out: OutputStream): Long {
            var rows = 0L
            var viewers = 0L
            OrderedRows(format.writer(out, day, streamers)).use { sink ->
                for (viewer in Flux.from(running.stores.viewers.viewerDays.rows(day, Iterable(::logins))).toIterable()) {
                    rows += row(viewer, sink)
                    viewers++
                    progress.advance(1)
                }
            }
            val missing = seals.sumOf { it.viewers } - viewers
            if (missing != 0L) throw BadInput("$day: the viewer database lacks $missing viewer-days that were sealed; replay the day again")
            return rows
        }

        private fun row(viewer: ViewerDay, sink: OrderedRows): Int {
            val login = viewer.id.viewer.name
            for (i in login.indices) name[i] = login[i].code.toByte()
            for (presence in viewer.presences) {
                val count = Runs.read(presence.runs, runs)
                sink.row(name, login.length, numberOf.getValue(presence.streamer), runs, count)
            }
            return viewer.presences.size
        }

        /** The viewers that were sealed, sorted. */
        private fun logins(): Iterator<Login> = iterator {
            val merge = merge()
            var login: Login? = null
            while (merge.next { viewer, length, _, _, _ -> login = login ?: login(viewer, length) }) {
                yield(checkNotNull(login))
                login = null
            }
        }

        private fun login(viewer: ByteArray, length: Int) = Login.require(String(viewer, 0, length, Charsets.US_ASCII))

        private fun merge() = ViewerMerge(seals.map { OpenDayForm.cursor(checkNotNull(running.stores.seals.form(day, it.partition))) })
    }
}
