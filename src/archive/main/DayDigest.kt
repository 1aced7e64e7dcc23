package twitchactors.archive

import twitchactors.domain.ByteSink
import twitchactors.domain.Login
import twitchactors.domain.SightingLines
import java.security.MessageDigest

/**
 * The digest of a day: SHA-256 over its [SightingLines]. Rows are given as to any other [ViewerDayWriter], so that the lines are
 * made by several threads.
 */
class DayDigest(private val streamers: List<Login>) : ViewerDayWriter {
    private val sha256 = MessageDigest.getInstance("SHA-256")

    /** The digest in hexadecimal, once all parts are in and this is closed. */
    lateinit var hex: String
        private set

    override fun encoder(): PartEncoder = Lines(SightingLines(streamers))

    override fun append(encoder: PartEncoder) = (encoder as Lines).take { sha256.update(it.array, 0, it.size) }

    override fun close() {
        hex = sha256.digest().joinToString("") { "%02x".format(it) }
    }

    /** The lines of a part, in pieces that are used again and again: one growing array would leave its smaller selves behind. */
    private class Lines(private val lines: SightingLines) : PartEncoder {
        private val pieces = arrayListOf(ByteSink(CAPACITY))
        private var last = 0

        init {
            lines.out = pieces[0]
        }

        override fun row(viewer: ByteArray, length: Int, streamer: Int, runs: IntArray, count: Int) {
            lines.row(viewer, length, streamer, runs, count)
            if (lines.out.size < PIECE) return
            last++
            if (last == pieces.size) pieces += ByteSink(CAPACITY)
            lines.out = pieces[last]
        }

        override fun finish() = Unit

        /** Gives all pieces in order to [taker] and empties them. */
        fun take(taker: (ByteSink) -> Unit) {
            for (i in 0..last) {
                taker(pieces[i])
                pieces[i].clear()
            }
            last = 0
            lines.out = pieces[0]
        }
    }

    private companion object {
        const val PIECE = 1 shl 20

        /** A row is at most 288 lines of 57 bytes. */
        const val CAPACITY = PIECE + 288 * 57
    }
}
