package twitchactors.node

import java.nio.channels.FileChannel
import java.nio.channels.OverlappingFileLockException
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardOpenOption.CREATE
import java.nio.file.StandardOpenOption.WRITE

/**
 * The right to begin a cluster on a data folder. Two nodes that do not know each other would both own all partitions and take them
 * from each other for ever. The operating system takes it back when the process ends in whatever way.
 */
internal class NodeLock private constructor(private val channel: FileChannel) : AutoCloseable {
    override fun close() = channel.close()

    companion object {
        /** Null while another process has it. */
        fun take(data: Path): NodeLock? {
            Files.createDirectories(data)
            val channel = FileChannel.open(data.resolve("node.lock"), CREATE, WRITE)
            val taken = try {
                channel.tryLock() != null
            } catch (_: OverlappingFileLockException) {
                false
            }
            return if (taken) NodeLock(channel) else null.also { channel.close() }
        }
    }
}
