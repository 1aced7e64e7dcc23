package twitchactors.topics

import com.google.protobuf.ByteString
import com.google.protobuf.UnsafeByteOperations
import twitchactors.domain.ByteSink
import twitchactors.domain.Partitions

/** Splits the logins of a sample by the partition that each belongs to. Its buffers are used again and again. For one thread. */
class NameSplit(private val partitions: Partitions) {
    private val parts = Array(partitions.count) { ByteSink(1 shl 10) }

    /** Splits [logins], instead of those before. */
    fun split(logins: Logins) {
        for (part in parts) part.clear()
        add(logins)
    }

    /** Splits [logins] too, as those of another chunk of the same poll. */
    fun add(logins: Logins) {
        val bytes = logins.bytes
        logins.forEach { from, to ->
            val part = parts[partitions.of(bytes, from, to - from)]
            // With the separator behind it, which all but the last login have.
            val length = to - from + 1
            part.room(length)
            val target = part.array
            var at = part.size
            for (i in from until to) target[at++] = bytes[i]
            target[at] = Logins.SEPARATOR
            part.advance(length)
        }
    }

    fun isEmpty(partition: Int): Boolean = parts[partition].size == 0

    /** How many bytes the logins of [partition] have. */
    fun size(partition: Int): Int = maxOf(0, parts[partition].size - 1)

    /** The logins of [partition] in the form of a record, only until the next [split] or [add]: for a message that is encoded at once. */
    fun part(partition: Int): ByteString = UnsafeByteOperations.unsafeWrap(parts[partition].array, 0, size(partition))
}
