package twitchactors.twitch

/** A line that a client sends: a command in capitals and its parameters. Tags and prefix, which clients may send, mean nothing here. */
internal class IrcLine(val command: String, val parameters: List<String>) {
    fun parameter(index: Int): String = parameters.getOrElse(index) { "" }

    companion object {
        /** Null for an empty line. */
        fun parse(text: String): IrcLine? {
            var rest = text.trimEnd('\r', '\n', ' ').trimStart(' ')
            while (rest.startsWith("@") || rest.startsWith(":")) rest = rest.substringAfter(' ', "").trimStart(' ')
            if (rest.isEmpty()) return null
            val trailing = rest.indexOf(" :")
            val head = if (trailing < 0) rest else rest.substring(0, trailing)
            val words = head.split(' ').filter { it.isNotEmpty() }
            val parameters = words.drop(1) + if (trailing < 0) emptyList() else listOf(rest.substring(trailing + 2))
            return IrcLine(words.firstOrNull().orEmpty().uppercase(), parameters)
        }
    }
}
