package twitchactors.node

import kotlinx.serialization.json.JsonPrimitive
import twitchactors.archiver.ArchiveFolder
import twitchactors.ops.Answer
import twitchactors.ops.OpsCommand
import twitchactors.ops.OpsPalette
import twitchactors.ops.Replies
import twitchactors.ops.Rows
import twitchactors.pbm.AskedCommand
import twitchactors.pbm.Outcome
import twitchactors.pbm.PaletteArgument
import twitchactors.pbm.PaletteCommand
import twitchactors.topics.RecordedFeed

/** The palette `archive`: the days that are packed in the data folder of this node. */
internal class ArchiveCommands(private val running: Running) {
    private val data = running.configuration.data
    private val folder = ArchiveFolder(data.resolve("archive"))

    val palette: OpsPalette = OpsPalette(
        "archive",
        "the archived days in the data folder of this node",
        listOf(
            OpsCommand(PaletteCommand("list", "Lists the archived days, and what was sealed when each was packed.")) { _, _ -> list() },
            OpsCommand(
                PaletteCommand(
                    "restore",
                    "Sends an archived day through the pipeline again, and waits until it is sealed, joined with what there is of it.",
                    listOf(PaletteArgument("day", "UTC date, yyyy-MM-dd", isMandatory = true)),
                    examples = listOf("archive restore 2022-08-01"),
                ),
                mapOf("day" to { folder.days().map { it.toString() } }),
            ) { asked, replies -> restore(asked, replies) },
        ),
    )

    private fun list(): Answer {
        val rows = Rows("archives", "day", "bytes", "revision", "viewers", "sightings", "digest")
        val days = folder.days()
        days.forEach { day ->
            val archived = folder.describe(day)
            val content = archived?.content
            rows.add(day, archived?.archive?.size, content?.revision, content?.viewers, content?.sightings, content?.digest)
        }
        return rows.counted("archived day")
    }

    private fun restore(asked: AskedCommand, replies: Replies): Answer {
        val day = DayCommands.day(asked)
        val restored = Steps(replies::news).use { steps ->
            ArchivedDay(data, day).restore(steps) { opened ->
                RecordedReplay(running, steps, Patience(null), RecordedFeed.RESTORE).use { it.day(opened.files.files, day) }
            }
        }
        val status = restored.done.status
        val line = "$day is sealed, revision ${status.revision}, digest ${status.digest}"
        val answer = Answer.said(
            if (restored.isSame) line else "$line; that is not the day that was archived, whose digest is ${restored.archived}",
            "day" to JsonPrimitive("$day"),
            "revision" to JsonPrimitive(status.revision),
            "digest" to JsonPrimitive(status.digest),
            "archived" to JsonPrimitive(restored.archived),
        )
        return if (restored.isSame) answer else Answer(answer.lines, answer.json, Outcome.DATA_WRONG)
    }
}
