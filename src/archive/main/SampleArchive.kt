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
 *
 * @param manifest what an archive of ours says of itself; null in those of others
 */
class SampleArchive private constructor(private val folder: Path, val files: SampleFiles, val manifest: ArchiveManifest?) : AutoCloseable {
    /**
     * What is otherwise than the [manifest] says, a line each: files that are missing, that nobody has packed, that have another content.
     * Empty when all is well, and when there is no manifest, as in archives of others.
     */
    fun differences(): List<String> {
        val said = manifest?.files?.groupBy { it.name } ?: return emptyList()
        val found = files.files.groupBy { it.name.name }
        return buildList {
            for (name in (said.keys + found.keys).sortedWith(compareBy({ it.length }, { it }))) {
                val wanted = said[name].orEmpty()
                val there = found[name].orEmpty()
                when {
                    there.isEmpty() -> add("$name is missing")
                    wanted.isEmpty() -> add("$name is not in the manifest")
                    there.size > 1 || wanted.size > 1 -> add("$name is there ${there.size} times")
                    Sha256.of(there[0].path) != wanted[0].sha256 -> add("$name has another content than the manifest says")
                }
            }
        }
    }

    override fun close() {
        folder.toFile().deleteRecursively()
    }

    companion object {
        private const val PREFIX = "twitchactors-7z-"

        /** Whether [source] is to be read as an archive. */
        fun isArchive(source: Path): Boolean =
            source.fileName?.toString().orEmpty().endsWith(".7z", ignoreCase = true) && !Files.isDirectory(source)

        /**
         * Unpacks [archive].
         *
         * @param within the folder in which the files' own is made; null: where the system has its temporary files
         * @param unpacked is told of the bytes as they are written
         * @throws BadInput when it is no whole .7z, or holds no sample file
         * @throws IOException when there is no room for its content
         */
        fun open(archive: Path, within: Path? = null, unpacked: (bytes: Long) -> Unit = {}): SampleArchive {
            if (!Files.exists(archive)) {
                throw BadInput("$archive: there is no such folder or archive; name a folder of sample files or a .7z of one")
            }
            val folder = if (within == null) Files.createTempDirectory(PREFIX) else Files.createTempDirectory(within, PREFIX)
            Runtime.getRuntime().addShutdownHook(Thread { folder.toFile().deleteRecursively() })
            try {
                val files = ArrayList<SampleFile>()
                val manifest = unpack(archive, folder, files, unpacked)
                if (files.isEmpty()) throw BadInput("$archive: holds no sample file; they are named <unix seconds>.json")
                return SampleArchive(folder, SampleFiles.sorted(files), manifest)
            } catch (failure: Throwable) {
                folder.toFile().deleteRecursively()
                throw failure
            }
        }

        /** Adds what there is to [files]; returns the manifest. */
        private fun unpack(archive: Path, folder: Path, files: MutableList<SampleFile>, unpacked: (Long) -> Unit): ArchiveManifest? {
            var manifest: ArchiveManifest? = null
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
                    if (entry.name == ArchiveManifest.NAME) manifest = manifest(archive, seven, folder.resolve(ArchiveManifest.NAME))
                    val name = SampleFileName.parse(entry.name.orEmpty().substringAfterLast('/').substringAfterLast('\\')) ?: continue
                    if (entry.isDirectory) continue
                    val path = folder.resolve("${files.size}-${name.name}")
                    copy(archive, seven, path, unpacked)
                    files += SampleFile(path, name)
                }
            }
            return manifest
        }

        private fun manifest(archive: Path, from: SevenZFile, file: Path): ArchiveManifest? {
            copy(archive, from, file) {}
            return ArchiveManifest.parse(Files.readString(file, Charsets.ISO_8859_1))
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
