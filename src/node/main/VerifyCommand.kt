package twitchactors.node

import com.github.ajalt.clikt.core.Context
import com.github.ajalt.clikt.core.CoreCliktCommand
import com.github.ajalt.clikt.parameters.arguments.argument
import com.github.ajalt.clikt.parameters.options.default
import com.github.ajalt.clikt.parameters.options.flag
import com.github.ajalt.clikt.parameters.options.option
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.add
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray
import kotlinx.serialization.json.putJsonObject
import twitchactors.archiver.ArchiveFolder
import twitchactors.archiver.DayReport
import twitchactors.archiver.FileVerifier
import twitchactors.archiver.Finding
import twitchactors.domain.BadInput
import twitchactors.domain.Day
import twitchactors.domain.Partitions
import twitchactors.domain.Slot
import twitchactors.recording.RecordedDays
import java.nio.file.Files
import java.nio.file.Path
import java.util.Locale

/** `verify`: names what is wrong with days, their files and their viewer-days. */
class VerifyCommand : CoreCliktCommand(name = "verify") {
    private val what by argument("WHAT", help = "a UTC date, yyyy-MM-dd; archive: the files of all archived days; all: all sealed days")
    private val data by option("--data", metavar = "DIR", help = "the data folder (default data)").default("data")
    private val mend by option(
        "--mend",
        help = "write viewer-days that are missing or altered again, from what was sealed, and remove those that nobody has sealed",
    ).flag()
    private val json by option("--json", help = "print all of it as one JSON document").flag()

    override fun help(context: Context) = """
        Compares all there is of a day.

        Sample files or archive, its manifest, its description, the Parquet of the runs, what was sealed, and each viewer-day in the viewer database, also those that nobody has sealed. Every finding names the thing and what to do; the exit code is 1 then. Changes nothing but the mark 'verified' of a day, unless --mend says so. 'archive' needs no database.

        Examples:
          twitchactors verify 2022-08-01
          twitchactors verify archive --data /srv/twitchactors
          twitchactors verify all --json
          twitchactors verify 2022-08-01 --mend
    """.trimIndent()

    /** What was found in all: of days, and of what belongs to none. */
    private class Found(val days: List<DayReport>, val others: List<Finding>) {
        val count get() = days.sumOf { it.findings.size } + others.size
    }

    override fun run() {
        val day = Day.parse(what)
        if (day == null && what !in listOf(ARCHIVE, ALL)) throw BadInput("'$what' is neither a day (yyyy-MM-dd) nor one of $ARCHIVE, $ALL")
        if (!Files.isDirectory(Path.of(data))) throw BadInput("$data: there is no such data folder; name it with --data")
        val found = if (what == ARCHIVE) archive() else stored(day)
        if (json) echo(document(found)) else tell(found)
        if (found.count > 0) throw Ended(Exit.DATA_WRONG)
    }

    private fun archive(): Found {
        val folder = ArchiveFolder(Path.of(data).resolve("archive"))
        val files = FileVerifier(RecordedDays(Path.of(data).resolve("samples")), folder, Partitions(1), threads())
        val days = folder.days()
        val reports = Progress("verifying days", days.size.toLong()).use { progress ->
            days.map { files.look(it, sealed = null).also { progress.advance(1) } }
        }
        return Found(reports, files.strangers())
    }

    private fun stored(day: Day?): Found = OnPipeline.run(data, roles = emptySet()) { running ->
        val days = DayKeeping(running.configuration, running.services, running.stores, threads())
        val found = if (day != null) {
            Found(listOf(days.verify(days.requireSealed(day), mend)), emptyList())
        } else {
            val sealed = days.knownDays().mapNotNull(days::sealed)
            val verified = Progress("verifying days", sealed.size.toLong()).use { progress ->
                days.verifyAll(sealed, mend) { progress.advance(1) }
            }
            Found(verified.days, verified.others)
        }
        if (mend) AuditNotes(running, Patience(null)).note("verify --mend", what, "${found.count} findings")
        found
    }

    private fun threads() = Runtime.getRuntime().availableProcessors()

    private fun tell(found: Found) {
        for (report in found.days) {
            val survey = report.survey
            val seen = survey?.let {
                "%d of %d slots, %,d samples, %,d gaps".format(Locale.ROOT, it.slots.cardinality(), Slot.PER_DAY, it.samples, it.gapCount)
            }
            val sanity = report.sanity?.let { ", %.2f %% of what was expected".format(Locale.ROOT, it) }.orEmpty()
            val wrong = if (report.findings.isEmpty()) "nothing wrong" else "${report.findings.size} findings"
            echo("${report.day}: $wrong; ${seen ?: "no sample files"}$sanity")
            survey?.gaps?.forEach { (reason, count) -> echo("  gaps: %,d: %s".format(Locale.ROOT, count, reason)) }
            report.notes.forEach { echo("  $it") }
            report.findings.forEach(::tell)
        }
        found.others.forEach(::tell)
        if (found.days.isEmpty() && found.others.isEmpty()) echo("there is nothing to verify yet")
    }

    private fun tell(finding: Finding) {
        echo("  finding: $finding")
        if (finding.viewers.isNotEmpty()) echo("    among them ${finding.viewers.joinToString()}")
    }

    private fun document(found: Found): JsonObject = buildJsonObject {
        put("findings", found.count)
        putJsonArray("days") { found.days.forEach { add(document(it)) } }
        putJsonArray("others") { found.others.forEach { add(document(it)) } }
    }

    private fun document(report: DayReport): JsonObject = buildJsonObject {
        put("day", report.day.toString())
        report.sealed?.let {
            put("revision", it.revision)
            put("digest", it.digest)
        }
        report.survey?.let { survey ->
            put("slots_expected", Slot.PER_DAY)
            put("slots_seen", survey.slots.cardinality())
            put("samples_expected", survey.samples + survey.gapCount)
            put("samples_seen", survey.samples)
            put("gaps", survey.gapCount)
            putJsonObject("gap_reasons") { survey.gaps.forEach { (reason, count) -> put(reason, count) } }
            putJsonArray("rejected") { survey.rejected.forEach { add("${it.file}: ${it.reason}") } }
            put("sanity", report.sanity)
        }
        putJsonArray("notes") { report.notes.forEach { add(it) } }
        putJsonArray("findings") { report.findings.forEach { add(document(it)) } }
    }

    private fun document(finding: Finding): JsonObject = buildJsonObject {
        put("thing", finding.thing)
        put("wrong", finding.wrong)
        put("remedy", finding.remedy)
        if (finding.viewers.isNotEmpty()) putJsonArray("viewers") { finding.viewers.forEach { add(it) } }
    }

    private companion object {
        const val ARCHIVE = "archive"
        const val ALL = "all"
    }
}
