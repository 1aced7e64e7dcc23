package twitchactors.pbm

/** Reads the words of a command by the [palettes]. */
class CommandReader(private val palettes: List<Palette>) {
    /** @throws WrongCommand when the words are no command */
    fun read(words: List<String>): AskedCommand {
        val palette = palette(words.firstOrNull())
        val only = palette.onlyCommand
        if (only != null) return arguments(palette, only, words.drop(1))
        val word = words.getOrNull(1) ?: throw WrongCommand("${palette.name} what? ${names(palette)}; see help ${palette.name}")
        val command = palette.command(word)
            ?: throw WrongCommand("${palette.name} has no command '$word'; there are ${names(palette)}; see help ${palette.name}")
        return arguments(palette, command, words.drop(2))
    }

    /** The palette called [word]. */
    fun palette(word: String?): Palette = palettes.find { it.name == word }
        ?: throw WrongCommand("there is no command '${word.orEmpty()}'; there are ${palettes.joinToString { it.name }}; see help")

    private fun names(palette: Palette) = palette.commands.joinToString { it.name }

    private fun arguments(palette: Palette, command: PaletteCommand, words: List<String>): AskedCommand {
        val name = "${palette.name} ${command.name}".trim()
        val values = HashMap<String, String>()
        val flags = HashSet<String>()
        val places = ArrayDeque(command.positionals)
        val left = ArrayDeque(words)
        while (left.isNotEmpty()) {
            val word = left.removeFirst()
            if (word.length > 1 && word.startsWith("-")) {
                option(name, command, word, left, values, flags)
            } else {
                val place = places.removeFirstOrNull() ?: throw WrongCommand("$name does not take '$word'; see help $name")
                values[place.name] = word
            }
        }
        command.arguments.firstOrNull { it.isMandatory && it.name !in values }
            ?.let { throw WrongCommand("$name needs ${it.usage}: ${it.description}; see help $name") }
        command.arguments.forEach { argument -> argument.default?.let { values.putIfAbsent(argument.name, it) } }
        return AskedCommand(palette, command, values, flags)
    }

    private fun option(
        name: String,
        command: PaletteCommand,
        word: String,
        left: ArrayDeque<String>,
        values: MutableMap<String, String>,
        flags: MutableSet<String>,
    ) {
        val switch = word.substringBefore('=')
        val argument = command.options.find { switch in it.switches } ?: throw WrongCommand("$name has no option '$switch'; see help $name")
        if (argument.isFlag) {
            if ('=' in word) throw WrongCommand("$switch takes no value; see help $name")
            flags += argument.name
        } else {
            values[argument.name] = if ('=' in word) {
                word.substringAfter('=')
            } else {
                left.removeFirstOrNull() ?: throw WrongCommand("$switch needs a value: ${argument.description}; see help $name")
            }
        }
    }
}
