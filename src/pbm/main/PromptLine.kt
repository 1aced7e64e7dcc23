package twitchactors.pbm

/**
 * A line that was typed at the prompt.
 *
 * @param file where the reply goes instead of the terminal; null: to the terminal
 */
class PromptLine(val words: List<String>, val file: String?) {
    companion object {
        /**
         * Words are separated by spaces; quotes of either kind keep a word together; `> file` at the end redirects the reply.
         *
         * @throws WrongCommand when a quote is not closed, or the file is missing
         */
        fun read(line: String): PromptLine {
            val words = split(line)
            val at = words.indexOf(Word(">", isQuoted = false))
            if (at < 0) return PromptLine(words.map { it.text }, null)
            if (at != words.size - 2) throw WrongCommand("write the name of one file behind >, at the end of the line")
            return PromptLine(words.take(at).map { it.text }, words[at + 1].text)
        }

        private data class Word(val text: String, val isQuoted: Boolean)

        private fun split(line: String): List<Word> {
            val words = ArrayList<Word>()
            val word = StringBuilder()
            var quote: Char? = null
            var isQuoted = false
            fun end() {
                if (word.isNotEmpty() || isQuoted) words += Word(word.toString(), isQuoted)
                word.clear()
                isQuoted = false
            }
            for (char in line) {
                when {
                    quote != null -> if (char == quote) quote = null else word.append(char)
                    char == '"' || char == '\'' -> {
                        quote = char
                        isQuoted = true
                    }
                    char.isWhitespace() -> end()
                    else -> word.append(char)
                }
            }
            if (quote != null) throw WrongCommand("the quote $quote is not closed")
            end()
            return words
        }
    }
}
