package twitchactors.restructure

import twitchactors.domain.LoginTable
import twitchactors.domain.LoginWords
import twitchactors.domain.SlotSets
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.atomic.AtomicInteger

/**
 * Holds the (viewer, streamer) pairs of a day until they are sorted, in [BUCKETS] buckets by the first two characters of the
 * viewer. A pair takes about 20 bytes: length of the login, its characters behind the second, the streamer, the runs.
 * Each thread writes through a [Writer] of its own; buckets are read when all is written.
 */
internal class PairSpool {
    private val slabs = CopyOnWriteArrayList<ByteArray>()
    private val chunksUsed = AtomicInteger()
    private val writers = ArrayList<Writer>()

    /** How many pairs bucket [bucket] holds. */
    fun count(bucket: Int): Int = writers.sumOf { it.counts[bucket] }

    @Synchronized
    fun writer(): Writer = Writer().also { writers += it }

    /** The bytes of all records of [bucket] and of the chunks that hold them. */
    fun bytes(bucket: Int): Int = writers.sumOf { it.chunks[bucket] } shl CHUNK_BITS

    /**
     * Copies the records of [bucket] to [target], one behind the other, and their places in it to [places]. [target] has room
     * for [bytes], [places] for [count].
     */
    fun load(bucket: Int, target: ByteArray, places: IntArray) {
        var to = 0
        var filled = 0
        for (writer in writers) {
            var left = writer.counts[bucket]
            var chunk = writer.firstChunks[bucket]
            while (left > 0) {
                val slab = slabs[chunk ushr SLAB_BITS - CHUNK_BITS]
                val at = indexOf(chunk)
                System.arraycopy(slab, at + LINK, target, to, (1 shl CHUNK_BITS) - LINK)
                val end = to + (1 shl CHUNK_BITS) - LINK
                while (left > 0 && to < end && target[to] != END_OF_CHUNK) {
                    places[filled++] = to
                    to += size(target, to)
                    left--
                }
                chunk = link(slab, at)
            }
        }
    }

    inner class Writer {
        val firstChunks = IntArray(BUCKETS)
        val counts = IntArray(BUCKETS)
        val chunks = IntArray(BUCKETS)
        private val ends = LongArray(BUCKETS)
        private val name = ByteArray(LoginWords.BYTES)

        /** Adds the pair of login [id] of [logins] and the streamer at index [streamer]; its first [count] runs. */
        fun add(logins: LoginTable, id: Int, streamer: Int, runs: IntArray, count: Int) {
            val length = logins.copy(id, name, 0)
            val bucket = bucketOf(name[0], if (length > 1) name[1] else 0)
            val rest = maxOf(0, length - 2)
            val position = place(bucket, 1 + rest + STREAMER_MAX + 1 + count * RUN)
            val slab = slabs[(position ushr SLAB_BITS).toInt()]
            val from = position.toInt() and (1 shl SLAB_BITS) - 1
            var at = from
            slab[at++] = length.toByte()
            System.arraycopy(name, 2, slab, at, rest)
            at += rest
            var left = streamer
            while (left > 0x7f) {
                slab[at++] = (left or 0x80).toByte()
                left = left ushr 7
            }
            slab[at++] = left.toByte()
            slab[at++] = count.toByte()
            for (i in 0 until count) {
                val packed = (SlotSets.first(runs[i]) shl 9) or SlotSets.last(runs[i])
                slab[at++] = packed.toByte()
                slab[at++] = (packed shr 8).toByte()
                slab[at++] = (packed shr 16).toByte()
            }
            ends[bucket] = position + (at - from)
            counts[bucket]++
        }

        /** Where [bucket] goes on, with room for [most] bytes. */
        private fun place(bucket: Int, most: Int): Long {
            val end = ends[bucket]
            if (chunks[bucket] > 0) {
                val last = (end - 1 ushr CHUNK_BITS).toInt()
                if (end + most <= (last + 1).toLong() shl CHUNK_BITS) return end
                val chunk = newChunk()
                setLink(slabs[last ushr SLAB_BITS - CHUNK_BITS], indexOf(last), chunk)
                return opened(bucket, chunk)
            }
            firstChunks[bucket] = newChunk()
            return opened(bucket, firstChunks[bucket])
        }

        private fun opened(bucket: Int, chunk: Int): Long {
            chunks[bucket]++
            return (chunk.toLong() shl CHUNK_BITS) + LINK
        }
    }

    /** A chunk of zeros: its end is marked by them. */
    private fun newChunk(): Int {
        val chunk = chunksUsed.getAndIncrement()
        val slab = chunk ushr SLAB_BITS - CHUNK_BITS
        if (slab >= slabs.size) grow(slab)
        return chunk
    }

    @Synchronized
    private fun grow(slab: Int) {
        while (slab >= slabs.size) slabs += ByteArray(1 shl SLAB_BITS)
    }

    companion object {
        private const val CLASSES = 38
        const val BUCKETS = CLASSES * CLASSES

        private const val SLAB_BITS = 20
        private const val CHUNK_BITS = 11

        /** Each chunk begins with the number of the next. */
        private const val LINK = 4
        private const val STREAMER_MAX = 5
        private const val RUN = 3
        private const val END_OF_CHUNK: Byte = 0

        /** The first two characters of the logins of [bucket]; zero for none. Buckets are in the order of the logins. */
        fun firstCharacter(bucket: Int): Byte = CHARACTERS[bucket / CLASSES]

        fun secondCharacter(bucket: Int): Byte = CHARACTERS[bucket % CLASSES]

        private val CHARACTERS = ByteArray(CLASSES) {
            when (it) {
                0 -> 0
                in 1..10 -> ('0'.code + it - 1).toByte()
                11 -> '_'.code.toByte()
                else -> ('a'.code + it - 12).toByte()
            }
        }
        private val CLASS_OF = IntArray(128).also { classes ->
            CHARACTERS.forEachIndexed { index, character -> classes[character.toInt()] = index }
        }

        private fun bucketOf(first: Byte, second: Byte) = CLASS_OF[first.toInt()] * CLASSES + CLASS_OF[second.toInt()]

        /** Where [chunk] begins in its slab. */
        private fun indexOf(chunk: Int) = chunk and (1 shl SLAB_BITS - CHUNK_BITS) - 1 shl CHUNK_BITS

        private fun link(slab: ByteArray, at: Int) = (slab[at].toInt() and 0xff) or (slab[at + 1].toInt() and 0xff shl 8) or
            (slab[at + 2].toInt() and 0xff shl 16) or (slab[at + 3].toInt() shl 24)

        private fun setLink(slab: ByteArray, at: Int, chunk: Int) {
            for (i in 0 until LINK) slab[at + i] = (chunk ushr i * 8).toByte()
        }

        /** The characters of the login at [at] behind the second. */
        fun rest(records: ByteArray, at: Int): Int = maxOf(0, records[at] - 2)

        private fun size(slab: ByteArray, at: Int): Int {
            var to = at + 1 + rest(slab, at)
            while (slab[to] < 0) to++
            to++
            return to + 1 + (slab[to].toInt() and 0xff) * RUN - at
        }

        /** Reads the streamer of the pair at [at]. */
        fun streamer(slab: ByteArray, at: Int): Int {
            var from = at + 1 + rest(slab, at)
            var streamer = 0
            var shift = 0
            while (slab[from] < 0) {
                streamer = streamer or (slab[from++].toInt() and 0x7f shl shift)
                shift += 7
            }
            return streamer or (slab[from].toInt() shl shift)
        }

        /** Reads the runs of the pair at [at] to [target]; returns how many. */
        fun runs(slab: ByteArray, at: Int, target: IntArray): Int {
            var from = at + 1 + rest(slab, at)
            while (slab[from] < 0) from++
            from++
            val count = slab[from++].toInt() and 0xff
            for (i in 0 until count) {
                val packed = (slab[from].toInt() and 0xff) or (slab[from + 1].toInt() and 0xff shl 8) or (slab[from + 2].toInt() shl 16)
                target[i] = SlotSets.run(packed ushr 9, packed and 0x1ff)
                from += RUN
            }
            return count
        }
    }
}
