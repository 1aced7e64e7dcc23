package twitchactors.simulator

/**
 * One stream of a streamer: live in the moments [first]..[last]. A moment is a slot counted from 1970 (epoch day x 288 + slot),
 * so that a stream may run over midnight.
 *
 * @property startedAt epoch seconds, up to four minutes before the first moment
 * @property pull its share of the audience compared with others live at the time
 */
class Broadcast internal constructor(
    val streamer: Int,
    val id: Long,
    val first: Int,
    val last: Int,
    val startedAt: Long,
    internal val pull: Double,
    private val segments: List<Segment>,
) {
    /** A stretch of a stream with one title and category, from the moment [from] to the next one's. */
    class Segment(val from: Int, val title: String, val game: String)

    fun isLive(moment: Int): Boolean = moment in first..last

    /** Title and category in a moment of this stream. */
    fun segmentAt(moment: Int): Segment = segments.last { it.from <= moment || it === segments.first() }
}
