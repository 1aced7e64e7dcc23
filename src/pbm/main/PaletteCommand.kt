package twitchactors.pbm

/**
 * One command, as data: help, completion and the reading of its words follow from it.
 *
 * @param name the second word; empty for a command that is a palette of its own
 * @param description what it does, a sentence or two
 * @param question what a person is asked before it is done, where `{NAME}` stands for the value of that argument; null: nothing
 * @param goesOn whether its reply ends only when the one who asked has had enough
 * @param examples whole commands
 */
class PaletteCommand(
    val name: String,
    val description: String,
    val arguments: List<PaletteArgument> = emptyList(),
    val question: String? = null,
    val goesOn: Boolean = false,
    val examples: List<String> = emptyList(),
) {
    val positionals: List<PaletteArgument> get() = arguments.filter { it.switches.isEmpty() }
    val options: List<PaletteArgument> get() = arguments.filter { it.switches.isNotEmpty() }

    /** Whether it may name a viewer, so that its words are to be written down nowhere. */
    val isPersonal: Boolean get() = arguments.any { it.isPersonal }
}
