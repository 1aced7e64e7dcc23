package twitchactors.pbm

/** Help on commands; all of it follows from the [palettes]. */
class Help(private val palettes: List<Palette>) {
    /** On what [words] name: all, a palette, or a command. */
    fun about(words: List<String>): List<String> {
        if (words.isEmpty()) return all()
        val palette = CommandReader(palettes).palette(words.first())
        val only = palette.onlyCommand
        return when {
            only != null -> command(palette, only)
            words.size == 1 -> palette(palette)
            else -> {
                val command = palette.command(words[1])
                    ?: throw WrongCommand(
                        "${palette.name} has no command '${words[1]}'; there are ${palette.commands.joinToString {
                            it.name
                        }}",
                    )
                command(palette, command)
            }
        }
    }

    private fun all(): List<String> = buildList {
        for (palette in palettes) {
            add("${palette.name}: ${palette.description}")
            addAll(table(palette.commands.map { usage(palette, it) to it.description.substringBefore(". ").removeSuffix(".") }))
            add("")
        }
        add("help PALETTE COMMAND tells all about a command. Every command takes --json. At the prompt, exit or Ctrl-D ends it.")
    }

    private fun palette(palette: Palette): List<String> = buildList {
        add("${palette.name}: ${palette.description}")
        addAll(table(palette.commands.map { usage(palette, it) to it.description.substringBefore(". ").removeSuffix(".") }))
    }

    private fun command(palette: Palette, command: PaletteCommand): List<String> = buildList {
        add("Usage: ${usage(palette, command)}")
        add("")
        add(command.description)
        if (command.arguments.isNotEmpty()) {
            add("")
            addAll(
                table(
                    command.arguments.map {
                        (it.switches.ifEmpty { listOf(it.name.uppercase()) }.joinToString(", ")) to described(it)
                    },
                ),
            )
        }
        if (command.goesOn) addAll(listOf("", "It goes on until Ctrl-C."))
        if (command.question != null) addAll(listOf("", "It asks before it does anything; --yes answers."))
        if (command.examples.isNotEmpty()) {
            addAll(listOf("", "Examples:"))
            command.examples.forEach { add("  $it") }
        }
    }

    private fun described(argument: PaletteArgument): String = buildString {
        append(argument.description)
        argument.default?.let { append(" (default $it)") }
        if (argument.values.isNotEmpty() && argument.values.size <= MOST_VALUES) append("; ").append(argument.values.joinToString())
    }

    private fun usage(palette: Palette, command: PaletteCommand) =
        (listOf(palette.name, command.name).filter { it.isNotEmpty() } + command.arguments.map { it.usage }).joinToString(" ")

    private fun table(rows: List<Pair<String, String>>): List<String> {
        val width = rows.maxOf { it.first.length }.coerceAtMost(WIDEST)
        return rows.flatMap { (left, right) ->
            if (left.length > width) listOf("  $left", "  ${" ".repeat(width)}  $right") else listOf("  ${left.padEnd(width)}  $right")
        }
    }

    private companion object {
        const val WIDEST = 44
        const val MOST_VALUES = 16
    }
}
