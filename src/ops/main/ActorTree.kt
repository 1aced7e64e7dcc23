package twitchactors.ops

/** Reads the tree of actors as Pekko prints it: a line for each actor, indented by four characters for each level. */
internal object ActorTree {
    /** @param what its class, as far as it says something */
    class Actor(val path: String, val name: String, val depth: Int, val what: String) {
        fun isBelow(start: String) = start == "/" || path == start || path.startsWith("$start/")
    }

    private const val LEVEL = 4

    /** The actors in the order of the lines; the first is the root. */
    fun read(printed: String): List<Actor> {
        val names = ArrayList<String>()
        return printed.lines().filter { it.isNotBlank() }.map { line ->
            val arrow = line.indexOf("->")
            val depth = arrow / LEVEL
            val words = line.substring(arrow + 2).trim().split(' ')
            val name = words.first()
            while (names.size >= depth && names.isNotEmpty()) names.removeAt(names.lastIndex)
            if (depth > 0) names += name
            Actor("/" + names.joinToString("/"), name, depth, what(words))
        }
    }

    /** The class of its behaviour, without the package; that of its reference where Pekko says no other. */
    private fun what(words: List<String>): String {
        val behaviour = words.getOrNull(words.indexOf("class") + 1).takeIf { "class" in words }
        return behaviour?.substringAfterLast('.') ?: words.getOrNull(1).orEmpty()
    }
}
