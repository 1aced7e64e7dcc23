package twitchactors.audience

import twitchactors.domain.Slot

/**
 * The live day of one streamer, out of samples of which there is one per slot at most.
 *
 * A sample goes on with the stream of the one before when both say the same stream id; when one of them says none, when it comes at
 * most [BRIDGED] slots after it. A stream that goes on over midnight is one on each day.
 *
 * @param samples by slot, ascending
 */
class Broadcast(private val samples: List<LiveSample>) {
    /** The samples of one stream; from the first to the last slot it is live. */
    class Stream internal constructor(val samples: List<LiveSample>) {
        val id: String get() = samples.firstOrNull { it.streamId.isNotEmpty() }?.streamId.orEmpty()
        val first: Int get() = samples.first().slot
        val last: Int get() = samples.last().slot
    }

    val streams: List<Stream>

    private val streamAt = IntArray(Slot.PER_DAY) { NO_STREAM }

    init {
        require(samples.zipWithNext().all { (one, next) -> one.slot < next.slot }) { "samples are not one per slot, ascending" }
        val begun = ArrayList<MutableList<LiveSample>>()
        for (sample in samples) {
            val stream = begun.lastOrNull()
            if (stream != null && goesOn(stream, sample)) stream += sample else begun += mutableListOf(sample)
        }
        streams = begun.map(::Stream)
        streams.forEachIndexed { number, stream -> streamAt.fill(number, stream.first, stream.last + 1) }
    }

    private fun goesOn(stream: List<LiveSample>, sample: LiveSample): Boolean {
        val id = stream.lastOrNull { it.streamId.isNotEmpty() }?.streamId.orEmpty()
        if (id.isNotEmpty() && sample.streamId.isNotEmpty()) return id == sample.streamId
        return sample.slot - stream.last().slot <= BRIDGED
    }

    /** The number in [streams] of the one that is live in [slot], also in one without a sample between others; -1 when none is. */
    fun streamAt(slot: Int): Int = streamAt[slot]

    /**
     * What follows from the samples.
     *
     * @param chatters by slot, how many were seen in the chat
     */
    fun live(chatters: IntArray): LiveFigures = LiveFigures.sum(streams.map { live(it, chatters) })

    /** As the other one, of one of the [streams]. */
    fun live(stream: Stream, chatters: IntArray): LiveFigures {
        var figures = LiveFigures.NONE
        forEachSample(stream) { sample, slots -> figures += LiveFigures.of(sample, slots, chatters[sample.slot]) }
        return figures
    }

    /** Gives each sample to [visit], with the number of slots that it speaks for. */
    fun forEachSample(visit: (sample: LiveSample, slots: Int) -> Unit) = streams.forEach { forEachSample(it, visit) }

    private inline fun forEachSample(stream: Stream, visit: (sample: LiveSample, slots: Int) -> Unit) {
        stream.samples.forEachIndexed { i, sample ->
            val next = stream.samples.getOrNull(i + 1)
            visit(sample, if (next == null) 1 else minOf(next.slot - sample.slot, BRIDGED))
        }
    }

    /** Titles in the order in which they first came, with their slots as text, for example `12-40,55`. */
    fun titles(): Map<String, String> = spans { it.title }

    /** Games, as [titles]. */
    fun games(): Map<String, String> = spans { it.game }

    private fun spans(of: (LiveSample) -> String): Map<String, String> = samples.filter { of(it).isNotEmpty() }
        .groupBy(of) { it.slot }
        .mapValues { (_, slots) -> SlotText.of(slots) }

    companion object {
        /** A sample speaks for at most so many slots, which bridges one that is missing. */
        const val BRIDGED = 2

        private const val NO_STREAM = -1
    }
}
