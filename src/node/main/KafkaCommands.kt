package twitchactors.node

import twitchactors.ops.Answer
import twitchactors.ops.OpsCommand
import twitchactors.ops.OpsPalette
import twitchactors.ops.Rows
import twitchactors.pbm.PaletteCommand

/** The palette `kafka`. */
internal class KafkaCommands(private val lag: KafkaLag) {
    val palette: OpsPalette = OpsPalette(
        "kafka",
        "what is in the topics and not yet worked off",
        listOf(
            OpsCommand(PaletteCommand("lag", "Tells of each partition of each topic how many records its reader is behind.")) { _, _ ->
                answer()
            },
        ),
    )

    private fun answer(): Answer {
        val rows = lag.rows()
        val table = Rows("lag", "topic", "partition", "reader", "position", "end", "lag")
        rows.forEach { table.add(it.topic, it.partition, it.reader, it.position, it.end, it.lag) }
        return table.answer(Rows.count(rows.sumOf { it.lag }, "record behind", "records behind"))
    }
}
