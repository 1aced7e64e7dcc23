package twitchactors.node

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonPrimitive
import twitchactors.domain.BadInput
import twitchactors.ops.Answer
import twitchactors.ops.OpsCommand
import twitchactors.ops.OpsPalette
import twitchactors.ops.Rows
import twitchactors.pbm.AskedCommand
import twitchactors.pbm.PaletteArgument
import twitchactors.pbm.PaletteCommand
import twitchactors.topics.DeadLetter
import twitchactors.topics.DeadLetterBox

/** The palette `dead-letters`: records that could not be understood. */
internal class DeadLetterCommands(private val box: DeadLetterBox) {
    val palette: OpsPalette = OpsPalette(
        "dead-letters",
        "records that could not be understood",
        listOf(
            OpsCommand(
                PaletteCommand(
                    "list",
                    "Lists dead letters: where each stood, and why it is one. Not what it holds.",
                    listOf(PaletteArgument(FROM, "the number to begin with; without it, the oldest", listOf("--from"))),
                ),
            ) { asked, _ -> list(asked) },
            OpsCommand(
                PaletteCommand(
                    "show",
                    "Shows all of one dead letter as JSON, viewers' logins included.",
                    listOf(PaletteArgument(NUMBER, "as list shows it", isMandatory = true)),
                    examples = listOf("dead-letters show 3"),
                ),
            ) { asked, _ -> show(box.get(number(asked.value(NUMBER)))) },
            OpsCommand(
                PaletteCommand(
                    "replay",
                    "Sends dead letters to where they came from, as they were. One that is still not understood becomes another one.",
                    listOf(
                        PaletteArgument(NUMBER, "as list shows it; several with commas between them"),
                        PaletteArgument(ALL, "all that there are", listOf("--all"), isFlag = true),
                    ),
                    examples = listOf("dead-letters replay 3,4", "dead-letters replay --all"),
                ),
            ) { asked, _ -> replay(asked) },
        ),
    )

    private fun list(asked: AskedCommand): Answer {
        val rows = Rows("dead_letters", "number", "at", "topic", "partition", "offset", "bytes", "reason")
        box.forEach(asked.optional(FROM)?.let(::number)) {
            rows.add(it.number, it.at, it.origin.topic, it.origin.partition, it.origin.offset, it.value?.size ?: 0, it.origin.reason)
        }
        return rows.counted("dead letter")
    }

    private fun show(letter: DeadLetter): Answer = box.document(letter).let { Answer(PRETTY.encodeToString(it).lines(), it) }

    private fun replay(asked: AskedCommand): Answer {
        val numbers = asked.optional(NUMBER)?.split(',')?.map { number(it.trim()) }
        if (asked.has(ALL) == (numbers != null)) throw BadInput("name dead letters by their numbers, or --all")
        val letters = numbers?.distinct()?.map(box::get) ?: buildList { box.forEach { add(it) } }
        box.replay(letters)
        return Answer.said("${letters.size} sent again", "sent" to JsonPrimitive(letters.size))
    }

    private fun number(text: String): Long =
        text.toLongOrNull()?.takeIf { it >= 0 } ?: throw BadInput("'$text' is no number of a dead letter; 'dead-letters list' shows them")

    private companion object {
        const val NUMBER = "number"
        const val FROM = "from"
        const val ALL = "all"
        val PRETTY = Json { prettyPrint = true }
    }
}
