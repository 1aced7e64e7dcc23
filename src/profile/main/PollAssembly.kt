package twitchactors.profile

import twitchactors.topics.wire.Sample

/**
 * Puts the chunks of a poll together again: they count together or not at all. Chunks of one poll follow each other in their
 * partition; another poll of the same streamer, or the close of the day, ends one that is not whole. For one partition of
 * `samples`.
 */
internal class PollAssembly {
    private val waiting = HashMap<String, ArrayList<Sample>>()

    /** Polls that were dropped because chunks of them never came. */
    var broken = 0L
        private set

    /** True while there are chunks that wait for the rest of their poll. */
    val isWaiting: Boolean get() = waiting.isNotEmpty()

    /** The samples that are whole now: [sample] itself, all chunks of its poll, or none yet. */
    fun add(sample: Sample): List<Sample> {
        val before = waiting[sample.streamer]
        if (before != null && before[0].poll != sample.poll) {
            waiting.remove(sample.streamer)
            broken++
        }
        if (sample.chunks == 1) return listOf(sample)
        val chunks = waiting.getOrPut(sample.streamer) { ArrayList() }
        // A chunk that comes again after a producer's restart is the same one.
        if (chunks.none { it.chunk == sample.chunk }) chunks += sample
        if (chunks.size < sample.chunks) return emptyList()
        waiting.remove(sample.streamer)
        return chunks
    }

    /** Drops what waits for [epochDay], which is closed now. */
    fun close(epochDay: Int) {
        val before = waiting.size
        waiting.values.removeIf { it[0].day == epochDay }
        broken += before - waiting.size
    }
}
