package twitchactors.twitch

import twitchactors.domain.BadInput
import twitchactors.domain.Login

/**
 * One switch. As text: `KIND[:PROBABILITY][,streamer=LOGIN][,path=PREFIX][,times=N][,seconds=S]`.
 *
 * @param probability of each request that it is for
 * @param streamer only requests that name that streamer
 * @param path only paths that begin so; IRC's is `/irc`
 * @param times it happens at most so often
 * @param seconds how long a slow body takes, in real time
 */
data class Fault(
    val kind: FaultKind,
    val probability: Double = 1.0,
    val streamer: Login? = null,
    val path: String? = null,
    val times: Int? = null,
    val seconds: Double = 3.0,
) {
    override fun toString(): String = buildString {
        append(kind.label).append(':').append(probability)
        streamer?.let { append(",streamer=").append(it) }
        path?.let { append(",path=").append(it) }
        times?.let { append(",times=").append(it) }
        if (kind == FaultKind.SLOW_BODY) append(",seconds=").append(seconds)
    }

    companion object {
        /** @throws BadInput when [text] is no fault */
        fun parse(text: String): Fault {
            val parts = text.trim().split(',')
            val label = parts[0].substringBefore(':')
            val kind = FaultKind.named(label)
                ?: throw BadInput("'$label' is no fault; there are ${FaultKind.entries.joinToString(", ") { it.label }}")
            val chance = if (':' in parts[0]) number(text, parts[0].substringAfter(':'), 0.0..1.0) else 1.0
            return parts.drop(1).fold(Fault(kind, chance)) { fault, part -> fault.with(text, part) }
        }

        private fun Fault.with(text: String, part: String): Fault {
            val value = part.substringAfter('=', "")
            return when (part.substringBefore('=')) {
                "streamer" -> copy(streamer = Login.of(value) ?: bad(text, "'$value' is no login"))
                "path" -> copy(path = value.takeIf { it.startsWith("/") } ?: bad(text, "a path begins with /"))
                "times" -> copy(times = value.toIntOrNull()?.takeIf { it > 0 } ?: bad(text, "times is a number from 1"))
                "seconds" -> copy(seconds = number(text, value, 0.0..MOST_SECONDS))
                else -> bad(text, "'$part' is none of streamer=, path=, times=, seconds=")
            }
        }

        private fun number(text: String, value: String, range: ClosedFloatingPointRange<Double>) =
            value.toDoubleOrNull()?.takeIf { it in range }
                ?: bad(text, "'$value' is no number from ${range.start.toInt()} to ${range.endInclusive.toInt()}")

        private fun bad(text: String, why: String): Nothing = throw BadInput("fault '$text': $why; for example cut-body:0.1,times=3")

        private const val MOST_SECONDS = 600.0
    }
}
