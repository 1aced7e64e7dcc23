package twitchactors.restructure

import twitchactors.archive.FileBytes
import twitchactors.archive.SampleFile
import java.io.IOException
import java.nio.channels.ClosedByInterruptException
import java.nio.channels.FileChannel
import java.nio.file.StandardOpenOption.READ
import java.util.concurrent.atomic.AtomicReferenceArray

/** The files of a day, opened when first needed; beyond [KEPT] files they are closed after each use. For several threads. */
internal class OpenFiles(private val files: List<SampleFile>) : AutoCloseable {
    private val channels = AtomicReferenceArray<FileChannel>(files.size)

    /** Reads `[from, to)` of the file at index [file] into [bytes]. */
    fun read(file: Int, from: Int, to: Int, bytes: FileBytes) {
        try {
            if (files.size > KEPT) {
                FileChannel.open(files[file].path, READ).use { bytes.read(it, from.toLong(), to - from) }
            } else {
                bytes.read(channel(file), from.toLong(), to - from)
            }
        } catch (failure: ClosedByInterruptException) {
            throw failure
        } catch (failure: IOException) {
            throw IOException("${files[file].path}: cannot be read again: ${failure.message}", failure)
        }
    }

    override fun close() {
        for (i in 0 until channels.length()) channels[i]?.close()
    }

    private fun channel(file: Int): FileChannel {
        channels[file]?.let { return it }
        val opened = FileChannel.open(files[file].path, READ)
        if (channels.compareAndSet(file, null, opened)) return opened
        opened.close()
        return channels[file]
    }

    private companion object {
        const val KEPT = 512
    }
}
