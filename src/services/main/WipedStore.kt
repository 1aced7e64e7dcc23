package twitchactors.services

import org.h2.mvstore.MVStore
import org.h2.mvstore.SingleFileStore
import org.h2.mvstore.WriteBuffer
import java.nio.ByteBuffer
import java.nio.file.Path

/**
 * The file of an [MVStore]. It appends what is new and marks the old as free, so bytes of what was removed stay in the file until
 * something is written over them; [wipe] sees to it that none are left.
 */
internal class WipedStore private constructor(cacheMiB: Int) : SingleFileStore(mapOf<String, Any>("cacheSize" to cacheMiB)) {
    /** Who has rewritten parts of the file last. */
    @Volatile
    private var rewriter: Thread? = null

    /** Writes all that lives of [store] anew, without what lies between, and zeros over the rest of the file. Others go on writing. */
    fun wipe(store: MVStore) {
        val kept = store.retentionTime
        store.retentionTime = 0
        store.setVersionsToKeep(0)
        try {
            val turns = store.openMap<String, Long>(TURNS)
            // A part of the file is given up only when a later version is on disk than the last that needed it.
            repeat(VERSIONS) {
                turns[TURNS] = store.currentVersion
                store.commit()
                // Others write what is committed: which parts it leaves is known when they have.
                store.executeFilestoreOperation(::dropUnusedChunks)
                compact(store)
            }
            store.commit()
            store.executeFilestoreOperation {
                dropUnusedChunks()
                zeroFree()
            }
            store.sync()
        } finally {
            store.setVersionsToKeep(VERSIONS)
            store.retentionTime = kept
        }
    }

    /** The store's own gives up, and does not say so, when somebody else has it for more than 10 ms: it is asked until it has begun. */
    private fun compact(store: MVStore) {
        rewriter = null
        while (chunksFillRate < FULL && rewriter !== Thread.currentThread()) store.compact(FULL, Int.MAX_VALUE)
    }

    override fun rewriteChunks(writeLimit: Int, targetFillRate: Int): Boolean {
        rewriter = Thread.currentThread()
        return super.rewriteChunks(writeLimit, targetFillRate)
    }

    /** Not kept for the next part of the file: what was written from it before would fill up the last block of that. */
    override fun releaseWriteBuffer(buff: WriteBuffer) = Unit

    private fun zeroFree() {
        var from = HEADERS
        var at = from
        val end = size() - size() % BLOCK
        while (at < end) {
            if (freeSpace.isUsed(at, BLOCK.toInt())) {
                zero(from, at)
                from = at + BLOCK
            }
            at += BLOCK
        }
        zero(from, end)
    }

    private fun zero(from: Long, to: Long) {
        var at = from
        while (at < to) {
            val length = minOf(to - at, ZEROS.toLong()).toInt()
            writeFully(null, at, ByteBuffer.allocate(length))
            at += length
        }
    }

    companion object {
        private const val BLOCK = 4096L

        /** The file begins with its header, twice. */
        private const val HEADERS = 2 * BLOCK
        private const val ZEROS = 1 shl 20
        private const val FULL = 100

        /** A map of its own, which changes with each turn. */
        private const val TURNS = "wiped"

        /** As many as the store keeps by itself. */
        private const val VERSIONS = 5

        /** Opens or makes [file]; [cacheBytes] of heap are for its pages. */
        fun open(file: Path, cacheBytes: Long): WipedStore =
            WipedStore((cacheBytes shr 20).toInt().coerceAtLeast(1)).apply { open("$file", false, null) }
    }
}
