package twitchactors.pbm

/**
 * A command as somebody has asked for it, read by its palette.
 *
 * @param values by argument; defaults are in it
 * @param flags the arguments that are switched on
 */
class AskedCommand(
    val palette: Palette,
    val command: PaletteCommand,
    private val values: Map<String, String>,
    private val flags: Set<String>,
) {
    /** The whole name, as a person says it. */
    val name: String get() = "${palette.name} ${command.name}".trim()

    /** The value of [argument]; null when none was given and it has no default. */
    fun optional(argument: String): String? = values[argument]

    fun value(argument: String): String = values.getValue(argument)

    fun has(argument: String): Boolean = argument in flags

    /** What a person is asked before it is done: that of the command, with the values in the places of their arguments; null: nothing. */
    val question: String?
        get() = command.arguments.fold(command.question) { question, argument ->
            question?.replace("{${argument.name}}", values[argument.name] ?: argument.description)
        }

    /** What was given, for the audit: nothing of it names a viewer. */
    val publicWords: String
        get() = command.arguments.mapNotNull { argument ->
            when {
                argument.isFlag -> argument.switches.first().takeIf { has(argument.name) }
                argument.isPersonal -> null
                else -> values[argument.name]?.takeIf { it != argument.default }?.let { "${argument.name}=$it" }
            }
        }.joinToString(" ")

    /** The viewers that were named. */
    val viewers: List<String> get() = command.arguments.filter { it.isPersonal }.mapNotNull { values[it.name] }
}
