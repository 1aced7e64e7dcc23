package twitchactors.pbm

/**
 * A group of commands, as a node describes it to those who may ask it.
 *
 * @param name the first word of its commands
 * @param description one line
 */
class Palette(val name: String, val description: String, val commands: List<PaletteCommand>) {
    /** The command called [word]; null when there is none. A palette of one command without a name is that command. */
    fun command(word: String?): PaletteCommand? = commands.find { it.name == word.orEmpty() }

    /** Its only command, which has no word of its own; null when its commands have names. */
    val onlyCommand: PaletteCommand? get() = commands.singleOrNull()?.takeIf { it.name.isEmpty() }
}
