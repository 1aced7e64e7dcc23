package twitchactors.archive

import twitchactors.domain.ByteSink
import java.util.Arrays

/** The viewers of a row group, who come in their order. */
internal sealed class ViewerColumn {
    private val first = ByteSink(32)
    private val last = ByteSink(32)
    private var rows = 0

    /** The least and the greatest of them. */
    val bounds: Pair<ByteArray, ByteArray> get() = first.copy() to last.copy()

    fun add(name: ByteArray, length: Int) {
        if (rows == 0) first.bytes(name, 0, length)
        val shared = Arrays.mismatch(last.array, 0, last.size, name, 0, length).let { if (it < 0) length else it }
        val isNew = rows == 0 || shared < length || last.size != length
        add(name, length, shared, isNew)
        if (isNew) {
            last.clear()
            last.bytes(name, 0, length)
        }
        rows++
    }

    /** Adds a row of who is called [name], of which [shared] bytes are as in the row before; [isNew]: who is another one than there. */
    protected abstract fun add(name: ByteArray, length: Int, shared: Int, isNew: Boolean)

    open fun clear() {
        first.clear()
        last.clear()
        rows = 0
    }

    /** Each as what differs from the one before. */
    class Suffixes : ViewerColumn() {
        private val prefixes = IntColumn()
        private val rests = IntColumn()
        private val bytes = ByteSink(1 shl 16)

        override fun add(name: ByteArray, length: Int, shared: Int, isNew: Boolean) {
            prefixes.add(shared)
            rests.add(length - shared)
            bytes.bytes(name, shared, length - shared)
        }

        /** Appends the page. */
        fun write(page: ByteSink) {
            DeltaPacking.write(page, prefixes.values, prefixes.size)
            DeltaPacking.write(page, rests.values, rests.size)
            page.bytes(bytes)
        }

        override fun clear() {
            super.clear()
            prefixes.clear()
            rests.clear()
            bytes.clear()
        }
    }

    /** Each once, and rows by their indexes. */
    class Names : ViewerColumn() {
        /** The page of the dictionary. */
        val dictionary = ByteSink(1 shl 16)
        val indexes = IntColumn()

        /** How many viewers there are. */
        var entries = 0
            private set

        override fun add(name: ByteArray, length: Int, shared: Int, isNew: Boolean) {
            if (isNew) {
                entries++
                dictionary.int(length)
                dictionary.bytes(name, 0, length)
            }
            indexes.add(entries - 1)
        }

        override fun clear() {
            super.clear()
            dictionary.clear()
            indexes.clear()
            entries = 0
        }
    }
}
