package twitchactors.archive

import twitchactors.domain.Login
import java.security.MessageDigest

/**
 * The digest of a day: SHA-256 over the lines `viewer,streamer,slot\n` of all its sightings, sorted bytewise by viewer, then
 * streamer, then by slot as a number. Rows are given as to any other [ViewerDayWriter].
 */
class DayDigest(streamers: List<Login>) : ViewerDayWriter {
    private val names = streamers.map { it.name.toByteArray(Charsets.US_ASCII) }
    private val sha256 = MessageDigest.getInstance("SHA-256")

    /** The digest in hexadecimal, once all parts are in. */
    lateinit var hex: String
        private set

    override fun encoder(): PartEncoder = TriplePart(names)

    override fun append(encoder: PartEncoder) {
        val lines = (encoder as TriplePart).out
        sha256.update(lines.array, 0, lines.size)
        lines.clear()
    }

    override fun close() {
        hex = sha256.digest().joinToString("") { "%02x".format(it) }
    }
}
