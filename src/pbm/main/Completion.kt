package twitchactors.pbm

/** What may come next on a line; follows from the [palettes]. */
class Completion(private val palettes: List<Palette>) {
    /** The words that may follow [words], each with what it is about, which may be empty. */
    fun of(words: List<String>): List<Pair<String, String>> {
        if (words.isEmpty()) return palettes.map { it.name to it.description } + OWN
        if (words.first() == HELP) {
            return if (words.size > 2) emptyList() else of(words.drop(1)).filter { it !in OWN && !it.first.startsWith("-") }
        }
        val palette = palettes.find { it.name == words.first() } ?: return emptyList()
        val only = palette.onlyCommand
        if (only != null) return arguments(only, words.drop(1))
        if (words.size == 1) return palette.commands.map { it.name to it.description.substringBefore(". ") }
        return palette.command(words[1])?.let { arguments(it, words.drop(2)) }.orEmpty()
    }

    private fun arguments(command: PaletteCommand, words: List<String>): List<Pair<String, String>> {
        val valued = words.lastOrNull()?.let { last -> command.options.find { !it.isFlag && last in it.switches } }
        if (valued != null) return values(valued)
        val unused = command.options.filter { option -> option.switches.none { it in words } }
        val options = unused.map { it.switches.last() to it.description }
        val given = words.filterIndexed { at, word ->
            !word.startsWith("-") && command.options.none { !it.isFlag && words.getOrNull(at - 1) in it.switches }
        }
        val own = buildList {
            if (command.question != null && "--yes" !in words) add("--yes" to "do it without being asked")
            if ("--json" !in words) add("--json" to "the reply as JSON")
        }
        return command.positionals.getOrNull(given.size)?.let(::values).orEmpty() + options + own
    }

    private fun values(argument: PaletteArgument) = argument.values.map { it to "" }

    private companion object {
        const val HELP = "help"

        /** What no palette has. */
        val OWN = listOf(HELP to "tells what can be asked", "exit" to "ends the prompt")
    }
}
