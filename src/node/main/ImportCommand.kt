package twitchactors.node

import com.github.ajalt.clikt.core.Context
import com.github.ajalt.clikt.core.CoreCliktCommand
import com.github.ajalt.clikt.parameters.arguments.argument
import com.github.ajalt.clikt.parameters.arguments.multiple
import com.github.ajalt.clikt.parameters.options.default
import com.github.ajalt.clikt.parameters.options.flag
import com.github.ajalt.clikt.parameters.options.option
import com.github.ajalt.clikt.parameters.types.long
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray
import twitchactors.sweeps.RowFileReader
import java.nio.file.Path
import java.time.Duration
import java.util.Locale

/** `import`: old CSV files of categories and streams through the topics into MariaDB. */
class ImportCommand : CoreCliktCommand(name = "import") {
    private val files by argument(
        "CSV",
        help = "files of categories or of streams, as their headers tell; never changed",
    ).multiple(required = true)
    private val data by option("--data", metavar = "DIR", help = "the data folder (default data)").default("data")
    private val timeout by option("--timeout", metavar = "S", help = "seconds to wait at most; what was done is kept").long()
    private val json by option("--json", help = "print the summary as one JSON document").flag()

    override fun help(context: Context) = """
        Brings old CSV files of categories and streams into MariaDB.

        Their rows go through the topics twitch-categories and streams, as swept ones do, and the command ends when all are in the tables. A row that is there already changes nothing, so a file may be imported twice. Lines that cannot be rows are named and left out; then the exit code is 1.

        Columns may stand in any order: Timestamp,Category,Viewers,Tags,Image_URL of categories, Timestamp,Category,Stream Title,Channel,Viewers,Tags of streams.

        Examples:
          twitchactors import twitch_categories.csv twitch_streams.csv
          twitchactors import old/twitch_streams.csv --data /srv/twitchactors --json
    """.trimIndent()

    override fun run() {
        // All of them are looked at before anything is begun.
        val readers = files.map { RowFileReader.open(Path.of(it)) }
        val began = System.nanoTime()
        val patience = Patience(timeout?.let(Duration::ofSeconds))
        val imported = Steps().use { steps ->
            OnPipeline.run(data, roles = emptySet(), mayBeNew = true) { running ->
                RowImport(running, steps, patience).run(files.zip(readers))
            }
        }
        val seconds = (System.nanoTime() - began) / 1e9
        tell(imported, seconds)
        if (imported.any { it.rejected > 0 }) throw Ended(Exit.DATA_WRONG)
    }

    private fun tell(imported: List<RowImport.Imported>, seconds: Double) {
        if (!json) {
            imported.forEach {
                val counts = "%,d rows, %,d of them new, %,d lines rejected".format(Locale.ROOT, it.rows, it.new, it.rejected)
                echo("${it.file}: ${it.kind}, $counts")
            }
            echo("all in MariaDB after ${"%.1f".format(Locale.ROOT, seconds)} s")
            return
        }
        echo(
            buildJsonObject {
                putJsonArray("files") { imported.forEach { add(json(it)) } }
                put("seconds", Math.round(seconds * 1000) / 1000.0)
            },
        )
    }

    private fun json(imported: RowImport.Imported) = buildJsonObject {
        put("file", imported.file)
        put("kind", imported.kind)
        put("rows", imported.rows)
        put("new", imported.new)
        put("lines_rejected", imported.rejected)
        putJsonArray("rejected") {
            imported.firstRejected.forEach { (line, reason) ->
                add(
                    buildJsonObject {
                        put("line", line)
                        put("reason", reason)
                    },
                )
            }
        }
    }
}
