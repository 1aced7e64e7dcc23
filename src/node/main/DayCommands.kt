package twitchactors.node

import kotlinx.serialization.json.JsonPrimitive
import twitchactors.domain.BadInput
import twitchactors.domain.Day
import twitchactors.ops.Answer
import twitchactors.ops.OpsCommand
import twitchactors.ops.OpsPalette
import twitchactors.ops.Replies
import twitchactors.ops.Rows
import twitchactors.pbm.AskedCommand
import twitchactors.pbm.PaletteArgument
import twitchactors.pbm.PaletteCommand
import twitchactors.store.DayStatus
import twitchactors.store.DayTrace
import twitchactors.topics.DayEnder

/** The palette `day`: which days there are, and how far each is. */
internal class DayCommands(private val running: Running) {
    private val stores = running.stores

    val palette: OpsPalette = OpsPalette(
        "day",
        "the days that were recorded",
        listOf(
            OpsCommand(PaletteCommand("list", "Lists all days, and how far each is.")) { _, _ -> list() },
            OpsCommand(
                about(
                    "seal",
                    "Closes a day now, behind all that has come in, and waits until it is sealed. What comes later makes a next revision.",
                ),
                mapOf(DAY to ::names),
            ) { asked, replies -> seal(asked, replies) },
            OpsCommand(about("digest", "Tells revision and digest of a sealed day."), mapOf(DAY to ::names)) { asked, _ -> digest(asked) },
        ),
    )

    private fun about(name: String, description: String) = PaletteCommand(
        name,
        description,
        listOf(PaletteArgument(DAY, "UTC date, yyyy-MM-dd", isMandatory = true)),
        examples = listOf("day $name 2022-08-01"),
    )

    private fun statuses(): Map<Day, DayStatus> = stores.viewers.dayStatuses.all().toCompletableFuture().get().associateBy { it.day }

    private fun days(): List<Day> = (stores.traces.changed() + statuses().keys).sorted()

    private fun names(): List<String> = days().map { it.toString() }

    private fun list(): Answer {
        val statuses = statuses()
        val days = days()
        val rows = Rows("days", "day", "state", "revision", "viewers", "pairs", "sightings", "published", "digest")
        for (day in days) {
            val trace = stores.traces.of(day)
            val status = statuses[day]?.takeIf { it.sealed }
            rows.add(
                day,
                state(trace),
                status?.revision,
                status?.viewers,
                status?.pairs,
                status?.sightings,
                "${trace.published}/${trace.partitions}",
                status?.digest,
            )
        }
        return rows.counted("day")
    }

    private fun state(trace: DayTrace): String = when {
        trace.isWhole -> "sealed"
        trace.isClosing -> "closing"
        trace.seals > 0 -> "sealing"
        else -> "open"
    }

    private fun seal(asked: AskedCommand, replies: Replies): Answer {
        val day = day(asked)
        val trace = stores.traces.of(day)
        if (trace.openedAt == null && trace.seals == 0) throw BadInput("nothing has come in of $day; 'day list' tells which days there are")
        val node = running.nodeNow()
        val before = stores.status(day)
        val feed = DayEnder(node.system, running.services.kafka, running.configuration.topics).end(day).toCompletableFuture().get()
        val status = Steps(replies::news).use { steps -> UntilSealed(running, steps, Patience(null)).await(day, feed) }
        val what = if (before?.digest == status.digest) "nothing has changed" else "new"
        return told(status, "$day is sealed, revision ${status.revision} ($what), digest ${status.digest}")
    }

    private fun digest(asked: AskedCommand): Answer {
        val day = day(asked)
        val status = stores.status(day)
            ?: throw BadInput(
                "$day is not sealed" + (
                    stores.lastStatus(day)?.let {
                        " just now; its last revision was ${it.revision}"
                    } ?: ""
                    ),
            )
        return told(status, "${status.digest}  $day revision ${status.revision}")
    }

    private fun told(status: DayStatus, line: String) = Answer.said(
        line,
        "day" to JsonPrimitive("${status.day}"),
        "revision" to JsonPrimitive(status.revision),
        "digest" to JsonPrimitive(status.digest),
        "viewers" to JsonPrimitive(status.viewers),
        "pairs" to JsonPrimitive(status.pairs),
        "sightings" to JsonPrimitive(status.sightings),
    )

    companion object {
        private const val DAY = "day"

        /** The argument `day` of a command. */
        fun day(asked: AskedCommand): Day = asked.value(DAY).let {
            Day.parse(it)
                ?: throw BadInput("'$it' is no day; write it as yyyy-MM-dd")
        }
    }
}
