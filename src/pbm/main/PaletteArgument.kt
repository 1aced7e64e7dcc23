package twitchactors.pbm

/**
 * What a command is given besides its name.
 *
 * @param name by which its value is known to the command
 * @param description one line
 * @param switches by which it is named on the command line, such as `-l` and `--level`; none: it is known by its place
 * @param isMandatory whether the command is refused without it
 * @param isFlag whether its switch alone says all
 * @param default its value where none is given; null: it has none
 * @param values those that are offered to complete it
 * @param isPersonal whether its value is a viewer's login, which is written down nowhere
 */
class PaletteArgument(
    val name: String,
    val description: String,
    val switches: List<String> = emptyList(),
    val isMandatory: Boolean = false,
    val isFlag: Boolean = false,
    val default: String? = null,
    val values: List<String> = emptyList(),
    val isPersonal: Boolean = false,
) {
    /** How it is written in a line of usage. */
    val usage: String
        get() {
            val word = name.uppercase()
            val text = when {
                switches.isEmpty() -> word
                isFlag -> switches.first()
                else -> "${switches.first()} $word"
            }
            return if (isMandatory) text else "[$text]"
        }
}
