package twitchactors.topics

import com.google.protobuf.UnsafeByteOperations
import twitchactors.domain.ByteSink
import twitchactors.topics.wire.Sample

/** Makes the records of one poll: one, or chunks that end where a login does when there is more than a record can carry. */
object PollChunks {
    /**
     * Gives [builder] with all of [lines] to [sample], which has to encode it at once: it is a view of [lines].
     *
     * @param lines each login with a `\n` behind it
     */
    inline fun forEach(builder: Sample.Builder, lines: ByteSink, sample: (Sample) -> Unit) {
        val ends = ends(lines)
        builder.setChunks(ends.size)
        var from = 0
        ends.forEachIndexed { chunk, end ->
            val length = maxOf(0, end - from - 1)
            sample(builder.setChunk(chunk).setLogins(UnsafeByteOperations.unsafeWrap(lines.array, from, length)).build())
            from = end
        }
    }

    /** Behind the last byte of each chunk. */
    @PublishedApi
    internal fun ends(lines: ByteSink): List<Int> = buildList(1) {
        var from = 0
        while (lines.size - from > SampleCodec.MAX_LOGIN_BYTES) {
            var end = from + SampleCodec.MAX_LOGIN_BYTES
            while (lines.array[end - 1] != Logins.SEPARATOR) end--
            add(end)
            from = end
        }
        add(lines.size)
    }
}
