package twitchactors.twitch

import twitchactors.simulator.Broadcast

/** A stream that is live in a [Moment]. */
internal class LiveStream(val streamer: Int, val broadcast: Broadcast, val segment: Broadcast.Segment, val viewers: Int) {
    /** Its row in a reply: made by who first shows it, the same for all pages of the moment. */
    @Volatile
    private var row: ByteArray? = null

    fun row(make: (LiveStream) -> ByteArray): ByteArray = row ?: make(this).also { row = it }
}

/** A category that is streamed in a [Moment]. */
internal class LiveCategory(val name: String, val viewers: Long, val streams: List<LiveStream>)
