package twitchactors.archive

import twitchactors.domain.Login
import twitchactors.domain.PairSink
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

    override fun append(encoder: PartEncoder) {
        val lines = (encoder as Lines).lines.out
        sha256.update(lines.array, 0, lines.size)
        lines.clear()
    }

    override fun close() {
        hex = sha256.digest().joinToString("") { "%02x".format(it) }
    }

    private class Lines(val lines: SightingLines) :
        PartEncoder,
        PairSink by lines {
        override fun finish() = Unit
    }
}
