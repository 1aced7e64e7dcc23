package twitchactors.services

import java.io.IOException
import java.nio.channels.FileChannel
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardOpenOption.CREATE
import java.nio.file.StandardOpenOption.WRITE
import java.time.Instant

/**
 * A data folder that this process owns. Ownership is a lock that the operating system takes back when the process ends in
 * whatever way, so nobody has to clean up; `owner.json` beside it only tells others where the services are.
 */
internal class DataFolder private constructor(val path: Path, private val channel: FileChannel) : AutoCloseable {
    private val startedAt = Instant.now()
    private var addresses = emptyMap<String, String>()
    private var ready = false
    private var open = true

    val logs: Path get() = path.resolve(LOGS)

    /** Tells others that the services run, at [addresses]. */
    @Synchronized
    fun ready(addresses: Map<String, String>) {
        ready = true
        announce(addresses)
    }

    /** Adds [more] to what others are told. */
    @Synchronized
    fun announce(more: Map<String, String>) {
        addresses = addresses + more
        if (open) PrivateFile.replace(Owner.file(path), Owner(ProcessHandle.current().pid(), startedAt, ready, addresses).toJson())
    }

    /** Tells others that the services are about to stop. */
    @Synchronized
    fun ending() {
        ready = false
        announce(emptyMap())
    }

    /** Gives the folder up. */
    @Synchronized
    override fun close() {
        if (!open) return
        open = false
        Files.deleteIfExists(Owner.file(path))
        channel.close()
        synchronized(OWNED) { OWNED.remove(path) }
    }

    companion object {
        const val LOGS = "logs"

        /** Folders of this process. Closing any channel of a lock file would give up the lock, so it is never opened twice. */
        private val OWNED = mutableSetOf<Path>()

        /** [data], made if need be and owned from now on; null when another process (or another part of this one) owns it. */
        fun own(data: Path): DataFolder? {
            val path = try {
                Files.createDirectories(data).toRealPath()
            } catch (failure: IOException) {
                throw ServiceUnavailable("the data folder $data cannot be made: $failure; name another by --data", failure)
            }
            return synchronized(OWNED) {
                if (path in OWNED) return null
                val channel = lock(path) ?: return null
                OWNED.add(path)
                DataFolder(path, channel).also { it.announce(emptyMap()) }
            }
        }

        private fun lock(path: Path): FileChannel? = try {
            val channel = FileChannel.open(path.resolve("lock"), CREATE, WRITE)
            if (channel.tryLock() != null) channel else null.also { channel.close() }
        } catch (failure: IOException) {
            throw ServiceUnavailable("the data folder $path cannot be locked: $failure; name one on a local disk by --data", failure)
        }
    }
}
