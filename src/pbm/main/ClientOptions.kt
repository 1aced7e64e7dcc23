package twitchactors.pbm

import java.nio.file.Path

/**
 * What the command line says besides the command itself.
 *
 * @param address host:port; null: what the data folder says, else the default, unless the folder was named
 * @param namesData whether the folder was named, so that its node is meant and no other
 * @param tokenFile where the token is; null: in the data folder
 * @param timeoutSeconds after which the reply is no longer waited for; null: never
 * @param words the command; none: the prompt
 */
class ClientOptions private constructor(
    val address: String?,
    val data: Path,
    val namesData: Boolean,
    val tokenFile: Path?,
    val timeoutSeconds: Long?,
    val json: Boolean,
    val yes: Boolean,
    val help: Boolean,
    val words: List<String>,
) {
    private class Reading {
        var data: String? = null
        var tokenFile: String? = null
        var timeout: String? = null
        var json = false
        var yes = false
        var help = false
        val words = ArrayList<String>()

        /** Takes [word]; true when it has the next one as its value. */
        fun take(word: String, next: String?): Boolean {
            val switch = word.substringBefore('=')
            if (switch !in VALUED) {
                when (word) {
                    JSON -> json = true
                    "--yes" -> yes = true
                    "--help", "-h" -> help = true
                    else -> words += word
                }
                return false
            }
            val value = if ('=' in word) word.substringAfter('=') else next ?: throw WrongCommand("$switch needs a value; see --help")
            when (switch) {
                "--data" -> data = value
                "--token-file" -> tokenFile = value
                else -> timeout = value
            }
            return '=' !in word
        }
    }

    companion object {
        /** Where the port is known by its number alone. */
        const val DEFAULT_ADDRESS = "127.0.0.1:9110"
        const val JSON = "--json"
        private val VALUED = setOf("--data", "--token-file", "--timeout")

        /** Nobody calls a command so. */
        private val ADDRESS = Regex("(https?://)?(\\[[0-9a-fA-F:]+]|[A-Za-z0-9._-]+):[0-9]{1,5}")

        fun read(args: List<String>): ClientOptions {
            val reading = Reading()
            val left = ArrayDeque(args)
            while (left.isNotEmpty()) {
                val word = left.removeFirst()
                if (reading.take(word, left.firstOrNull())) left.removeFirst()
            }
            val address = reading.words.firstOrNull()?.takeIf { ADDRESS.matches(it) }
            val timeout = reading.timeout?.let {
                it.toLongOrNull()?.takeIf { seconds -> seconds > 0 } ?: throw WrongCommand("--timeout $it: give seconds, 1 or more")
            }
            return ClientOptions(
                address,
                Path.of(reading.data ?: "data"),
                reading.data != null,
                reading.tokenFile?.let(Path::of),
                timeout,
                reading.json,
                reading.yes,
                reading.help,
                if (address == null) reading.words else reading.words.drop(1),
            )
        }
    }
}
