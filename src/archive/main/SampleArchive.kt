package twitchactors.archive

import org.apache.commons.compress.archivers.sevenz.SevenZFile
import twitchactors.domain.BadInput
import java.io.IOException
import java.nio.file.Files
import java.nio.file.NoSuchFileException
import java.nio.file.Path

/**
 * The sample files of a .7z, unpacked to a folder of their own that goes away with [close], and when the process ends. Names
 * count without the folders before them; the same name twice is two files. Nothing is written outside of that folder.
 */
class SampleArchive private constructor(private val folder: Path, val files: SampleFiles) : AutoCloseable {
    override fun close() {
        folder.toFile().deleteRecursively()
    }

    companion object {
        /** Whether [source] is to be read as an archive. */
        fun isArchive(source: Path): Boolean =
            source.fileName?.toString().orEmpty().endsWith(".7z", ignoreCase = true) && !Files.isDirectory(source)

        /**
         * Unpacks [archive].
         *
         * @param unpacked is told of the bytes as they are written
         * @throws BadInput when it is no whole .7z, or holds no sample file
         * @throws IOException when there is no room for its content
         */
        fun open(archive: Path, unpacked: (bytes: Long) -> Unit): SampleArchive {
            if (!Files.exists(archive)) {
                throw BadInput("$archive: there is no such folder or archive; name a folder of sample files or a .7z of one")
            }
            val folder = Files.createTempDirectory("twitchactors-7z-")
            Runtime.getRuntime().addShutdownHook(Thread { folder.toFile().deleteRecursively() })
            try {
                val files = unpack(archive, folder, unpacked)
                if (files.isEmpty()) throw BadInput("$archive: holds no sample file; they are named <unix seconds>.json")
                return SampleArchive(folder, SampleFiles.sorted(files))
            } catch (failure: Throwable) {
                folder.toFile().deleteRecursively()
                throw failure
            }
        }

        private fun unpack(archive: Path, folder: Path, unpacked: (Long) -> Unit): List<SampleFile> {
            val files = ArrayList<SampleFile>()
            val seven = try {
                SevenZFile.builder().setPath(archive).get()
            } catch (failure: NoSuchFileException) {
                throw BadInput("$archive: there is no such archive", failure)
            } catch (failure: IOException) {
                throw BadInput("$archive: is no .7z archive that can be read (${failure.message})", failure)
            }
            seven.use {
                while (true) {
                    val entry = reading(archive) { seven.nextEntry } ?: break
                    val name = SampleFileName.parse(entry.name.orEmpty().substringAfterLast('/').substringAfterLast('\\')) ?: continue
                    if (entry.isDirectory) continue
                    val path = folder.resolve("${files.size}-${name.name}")
                    copy(archive, seven, path, unpacked)
                    files += SampleFile(path, name)
                }
            }
            return files
        }

        /**
         * Copies the entry that was reached last, but no more than it takes to see that a file is too large. It is read where the
         * archive stands: a stream of its own for each entry would decode all before it again.
         */
        private fun copy(archive: Path, from: SevenZFile, to: Path, unpacked: (Long) -> Unit) {
            val buffer = ByteArray(1 shl 16)
            var left = SampleFile.MAX_BYTES + 1
            Files.newOutputStream(to).use { out ->
                while (left > 0) {
                    val count = reading(archive) { from.read(buffer, 0, minOf(buffer.size.toLong(), left).toInt()) }
                    if (count < 0) break
                    out.write(buffer, 0, count)
                    left -= count
                    unpacked(count.toLong())
                }
            }
        }

        private inline fun <T> reading(archive: Path, read: () -> T): T = try {
            read()
        } catch (failure: IOException) {
            throw BadInput("$archive: is damaged or not whole (${failure.message}); nothing of it was used", failure)
        }
    }
}
