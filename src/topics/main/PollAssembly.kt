package twitchactors.topics

import twitchactors.topics.wire.Sample
import java.util.concurrent.atomic.LongAdder

/**
 * Puts the chunks of a poll together again: they count together or not at all. Chunks of one poll follow each other, with those of
 * other feeders in between where several feed the same streamer. A poll whose next chunk has not come within [PATIENCE] samples
 * will not be whole any more: its feeder has ended. For one partition of `samples`.
 *
 * @param broken counts polls that were dropped because chunks of them never came
 */
class PollAssembly(private val broken: LongAdder = LongAdder()) {
    private data class Poll(val streamer: String, val id: String)

    private class Waiting(val chunks: ArrayList<Sample> = ArrayList()) {
        var lastAt = 0L
    }

    private val waiting = HashMap<Poll, Waiting>()
    private var samples = 0L

    /** True while there are chunks that wait for the rest of their poll. */
    val isWaiting: Boolean get() = waiting.isNotEmpty()

    /** The samples that are whole now: [sample] itself, all chunks of its poll, or none yet. */
    fun add(sample: Sample): List<Sample> {
        samples++
        drop { samples - it.lastAt > PATIENCE }
        if (sample.chunks == 1) return listOf(sample)
        val poll = Poll(sample.streamer, sample.poll)
        val there = waiting.getOrPut(poll) { Waiting() }
        there.lastAt = samples
        // A chunk that comes again after a producer's restart is the same one.
        if (there.chunks.none { it.chunk == sample.chunk }) there.chunks += sample
        if (there.chunks.size < sample.chunks) return emptyList()
        waiting.remove(poll)
        return there.chunks
    }

    /** Drops what waits for [epochDay], which is closed now, unless another feeder may still be sending it. */
    fun close(epochDay: Int) = drop { it.chunks[0].day == epochDay && samples - it.lastAt > PATIENCE_AT_CLOSE }

    /** Drops all that waits for [epochDay], which begins anew. */
    fun forget(epochDay: Int) {
        waiting.values.removeIf { it.chunks[0].day == epochDay }
    }

    private fun drop(isOver: (Waiting) -> Boolean) {
        if (waiting.isEmpty()) return
        val before = waiting.size
        waiting.values.removeIf(isOver)
        broken.add(before - waiting.size.toLong())
    }

    private companion object {
        /** Far more than producers have in flight together. */
        const val PATIENCE = 10_000L
        const val PATIENCE_AT_CLOSE = 1000L
    }
}
