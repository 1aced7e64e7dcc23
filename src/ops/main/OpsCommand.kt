package twitchactors.ops

import twitchactors.pbm.AskedCommand
import twitchactors.pbm.PaletteArgument
import twitchactors.pbm.PaletteCommand

/**
 * A command with what it does.
 *
 * @param offers by argument: the values it may have just now, for completion
 * @param answer does it, on a thread that may wait; fails with [twitchactors.domain.BadInput] when nothing was changed
 */
class OpsCommand(
    val about: PaletteCommand,
    private val offers: Map<String, () -> List<String>> = emptyMap(),
    val answer: (AskedCommand, Replies) -> Answer,
) {
    /** The command as it is described now. A value that cannot be told just now is not offered. */
    fun described(): PaletteCommand = PaletteCommand(
        about.name,
        about.description,
        about.arguments.map { argument -> offers[argument.name]?.let { argument.offering(values(it)) } ?: argument },
        about.question,
        about.goesOn,
        about.examples,
    )

    private fun values(offer: () -> List<String>): List<String> = try {
        offer().take(MOST_OFFERED)
    } catch (_: Exception) {
        emptyList()
    }

    private fun PaletteArgument.offering(values: List<String>) =
        PaletteArgument(name, description, switches, isMandatory, isFlag, default, values, isPersonal)

    private companion object {
        const val MOST_OFFERED = 200
    }
}
