package twitchactors.archive

import java.io.IOException
import java.nio.ByteBuffer
import java.nio.channels.FileChannel

/** Reads pieces of files into one array that is used again and again, through one small buffer. For one thread. */
class FileBytes {
    /** What was read last, from index 0, and behind it at least [SampleScanner.PADDING] zeros. */
    var array = ByteArray(1 shl 20)
        private set

    private val window = ByteBuffer.allocateDirect(WINDOW)

    /**
     * Reads [length] bytes of [channel] from [position].
     *
     * @throws IOException also when the file ends before
     */
    fun read(channel: FileChannel, position: Long, length: Int) {
        if (array.size < length + SampleScanner.PADDING) array = ByteArray(length + length / 4 + SampleScanner.PADDING)
        var done = 0
        while (done < length) {
            window.clear().limit(minOf(WINDOW, length - done))
            val count = channel.read(window, position + done)
            if (count < 0) throw IOException("a file became shorter while it was being read")
            window.flip().get(array, done, count)
            done += count
        }
        array.fill(0, length, length + SampleScanner.PADDING)
    }

    private companion object {
        const val WINDOW = 1 shl 18
    }
}
