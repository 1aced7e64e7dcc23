package twitchactors.node

import com.github.ajalt.clikt.core.Context
import com.github.ajalt.clikt.core.CoreCliktCommand
import com.github.ajalt.clikt.parameters.options.default
import com.github.ajalt.clikt.parameters.options.option
import com.github.ajalt.clikt.parameters.options.required
import twitchactors.domain.BadInput
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.OpenDayForm
import twitchactors.domain.ViewerCursor
import java.io.BufferedOutputStream
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption
import java.util.TreeMap
import kotlin.io.path.absolute
import kotlin.io.path.outputStream

/** `viewers`: what all sealed days together say of each viewer, a line for each. */
class ViewersCommand : CoreCliktCommand(name = "viewers") {
    private val out by option("--out", metavar = "FILE", help = "what to write, FILE.jsonl").required()
    private val data by option("--data", metavar = "DIR", help = "the data folder (default data)").default("data")

    override fun help(context: Context) = """
        Writes what all sealed days together say of each viewer, as JSON lines sorted by login. It holds names: keep it to yourself.

        Examples:
          twitchactors viewers --out viewers.jsonl
    """.trimIndent()

    override fun run() {
        val file = Path.of(out).absolute()
        if (!Files.isDirectory(Path.of(data))) throw BadInput("$data: there is no such data folder; name it with --data")
        if (!Files.isDirectory(file.parent)) throw BadInput("${file.parent}: there is no such folder")
        Running.start(Path.of(data), emptySet()).use { running ->
            val known = KnownViewers(running.stores)
            known.bringIn()
            val tracked = known.tracked()
            val whole = file.resolveSibling("${file.fileName}.part")
            BufferedOutputStream(whole.outputStream()).use { target ->
                logins(running.stores, tracked).chunked(BATCH).forEach { some ->
                    for ((viewer, figures) in known.of(some, tracked)) target.write("${ViewerDocument.of(viewer, figures)}\n".toByteArray())
                }
            }
            Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE)
        }
    }

    /** All viewers of [days], sorted; what is in memory is the forms of these days. */
    private fun logins(stores: Stores, days: List<Day>): Sequence<Login> = sequence {
        val at = TreeMap<Login, MutableList<ViewerCursor>>()
        fun step(cursor: ViewerCursor) {
            if (!cursor.next()) return
            val login = Login.require(String(cursor.viewer, 0, cursor.length, Charsets.US_ASCII))
            at.getOrPut(login) { ArrayList() } += cursor
        }
        for (day in days) {
            for (partition in 0 until stores.partitions.partitions.count) {
                stores.seals.form(day, partition)?.let { step(OpenDayForm.cursor(it)) }
            }
        }
        while (at.isNotEmpty()) {
            val (login, cursors) = at.pollFirstEntry()
            yield(login)
            cursors.forEach(::step)
        }
    }

    private companion object {
        const val BATCH = 500
    }
}
