package twitchactors.archive

import java.io.IOException
import java.nio.channels.ClosedByInterruptException
import java.nio.channels.FileChannel
import java.nio.file.StandardOpenOption.READ

/** Reads one sample file after another and finds what it holds. For one thread. */
class SampleFileReader {
    private val file = FileBytes()
    private val scanner = SampleScanner()

    /** The bytes of the file that was read last, and zeros behind it. Another array after the next [read]. */
    val bytes: ByteArray get() = file.array

    /**
     * What [sample] holds, valid until the next call.
     *
     * @throws NotASampleFile when it counts for nothing
     */
    fun read(sample: SampleFile): SampleScan {
        val length = try {
            FileChannel.open(sample.path, READ).use { channel ->
                val length = channel.size()
                if (length > SampleFile.MAX_BYTES) throw NotASampleFile("is larger than ${SampleFile.MAX_BYTES shr 20} MiB")
                file.read(channel, 0, length.toInt())
                length.toInt()
            }
        } catch (interrupted: ClosedByInterruptException) {
            throw interrupted
        } catch (failure: IOException) {
            throw NotASampleFile("cannot be read: ${failure.message ?: failure.javaClass.simpleName}")
        }
        return scanner.scan(file.array, length)
    }
}
