package twitchactors.sources

import twitchactors.domain.ByteSink

/**
 * Cuts a stream of bytes into lines, wherever its pieces begin and end. Lines end with `\n` or `\r\n`; empty ones are left out. A line
 * longer than [longest] bytes is dropped and counted, so that a server which never ends its line does not fill the memory.
 */
internal class IrcLines(private val longest: Int = LONGEST) {
    /** The beginning of a line whose end has not come. */
    private val begun = ByteSink(256)
    private var skips = false

    /** Lines dropped because they were too long. */
    var dropped = 0L
        private set

    /** Tells [line] where in an array each line is that [piece] completes: bytes that are valid during the call only. */
    fun feed(piece: ByteArray, line: (bytes: ByteArray, from: Int, to: Int) -> Unit) {
        var from = 0
        for (at in piece.indices) {
            if (piece[at] != NEWLINE) continue
            complete(piece, from, at, line)
            from = at + 1
        }
        if (!skips) begin(piece, from, piece.size)
    }

    private fun complete(piece: ByteArray, from: Int, to: Int, line: (ByteArray, Int, Int) -> Unit) {
        when {
            skips -> skips = false
            begun.size == 0 && to - from <= longest -> tell(piece, from, to, line)
            begin(piece, from, to) -> {
                tell(begun.array, 0, begun.size, line)
                begun.clear()
            }
            else -> skips = false
        }
    }

    /** Keeps `piece[from, to)` behind what has begun; false when that is too long, and the rest of the line is to be skipped. */
    private fun begin(piece: ByteArray, from: Int, to: Int): Boolean {
        if (begun.size + to - from <= longest) {
            begun.bytes(piece, from, to - from)
            return true
        }
        begun.clear()
        skips = true
        dropped++
        return false
    }

    private fun tell(bytes: ByteArray, from: Int, to: Int, line: (ByteArray, Int, Int) -> Unit) {
        val end = if (to > from && bytes[to - 1] == RETURN) to - 1 else to
        if (end > from) line(bytes, from, end)
    }

    private companion object {
        const val NEWLINE = '\n'.code.toByte()
        const val RETURN = '\r'.code.toByte()

        /** 8,191 bytes of tags (IRCv3) and 512 of the rest, with room to spare. */
        const val LONGEST = 16_384
    }
}
