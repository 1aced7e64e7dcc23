package twitchactors.node

import twitchactors.domain.BadInput

/**
 * What a node does for its cluster; any number of them.
 *
 * @param word in `--roles` and as Pekko's role
 */
enum class NodeRole(val word: String) {
    /** Polls streamers, sweeps categories and streams. */
    COLLECT("collect"),

    /** Brings categories and streams into MariaDB. */
    INGEST("ingest"),

    /** Splits samples, and holds viewer partitions. */
    PROFILE("profile"),

    /** Writes sample files. */
    ARCHIVE("archive"),

    /** Shows the pages. */
    WEB("web"),
    ;

    companion object {
        /** Reads [text], the words with commas between them; throws [BadInput] with a line for the user. */
        fun parse(text: String): Set<NodeRole> {
            val words = text.split(',').map { it.trim() }.filter { it.isNotEmpty() }
            if (words.isEmpty()) throw BadInput("a node without a role does nothing: give some of $ALL")
            return words.mapTo(LinkedHashSet()) { word ->
                entries.find { it.word == word } ?: throw BadInput("'$word' is no role of a node: there are $ALL")
            }
        }

        private val ALL = entries.joinToString(", ") { it.word }
    }
}
