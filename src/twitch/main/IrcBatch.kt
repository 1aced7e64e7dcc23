package twitchactors.twitch

import org.apache.pekko.util.ByteString
import twitchactors.domain.ByteSink

/**
 * Lines that are sent together.
 *
 * @param served what is logged once they are out
 * @param ends whether the connection ends after them
 */
internal class IrcBatch(val bytes: ByteString, val served: List<ServedLog.Line> = emptyList(), val ends: Boolean = false) {
    companion object {
        fun of(lines: ByteSink, served: List<ServedLog.Line> = emptyList(), ends: Boolean = false) =
            IrcBatch(ByteString.fromArrayUnsafe(lines.array, 0, lines.size), served, ends)

        fun of(vararg lines: String, ends: Boolean = false) =
            IrcBatch(ByteString.fromString(lines.joinToString("") { "$it\r\n" }), ends = ends)
    }
}
