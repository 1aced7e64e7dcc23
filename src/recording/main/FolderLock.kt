package twitchactors.recording

import twitchactors.archive.FolderBusy
import java.nio.channels.FileChannel
import java.nio.channels.OverlappingFileLockException
import java.nio.file.Path
import java.nio.file.StandardOpenOption.CREATE
import java.nio.file.StandardOpenOption.WRITE

/** The lock of a folder of sample files: whoever changes something there holds it, for moments. It ends with its process. */
internal object FolderLock {
    const val NAME = "lock"

    /**
     * Does [work] with the lock of [root].
     *
     * @throws FolderBusy when somebody else has it; to be tried again
     */
    inline fun <T> hold(root: Path, work: () -> T): T = FileChannel.open(root.resolve(NAME), CREATE, WRITE).use { channel ->
        val lock = try {
            channel.tryLock()
        } catch (_: OverlappingFileLockException) {
            null
        }
        if (lock == null) throw FolderBusy("another process is writing sample files in $root")
        // Released with its channel.
        work()
    }
}
