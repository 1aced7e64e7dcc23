package twitchactors.domain

import java.util.Arrays
import java.util.PriorityQueue

/**
 * The viewers of several forms of one day as one sorted sequence. No viewer is in two of them, as with the partitions of a day.
 */
class ViewerMerge(cursors: List<ViewerCursor>) {
    /** The streamers of all forms, sorted. */
    val streamers: List<Login> = cursors.flatMap { it.streamers }.distinct().sorted()

    private class Part(val cursor: ViewerCursor, val numbers: IntArray)

    private val queue = PriorityQueue<Part> { a, b ->
        Arrays.compare(a.cursor.viewer, 0, a.cursor.length, b.cursor.viewer, 0, b.cursor.length)
    }

    init {
        val numberOf = streamers.withIndex().associate { it.value to it.index }
        for (cursor in cursors) {
            val part = Part(cursor, IntArray(cursor.streamers.size) { numberOf.getValue(cursor.streamers[it]) })
            if (cursor.next()) queue += part
        }
    }

    /** Gives the pairs of the next viewer to [sink], their streamers as indexes in [streamers]; false when there is none. */
    fun next(sink: PairSink): Boolean {
        val part = queue.poll() ?: return false
        part.cursor.pairs { viewer, length, streamer, runs, count -> sink.row(viewer, length, part.numbers[streamer], runs, count) }
        if (part.cursor.next()) queue += part
        return true
    }
}
