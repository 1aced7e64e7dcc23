package twitchactors.archive

import twitchactors.domain.Day
import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path

/** Packs the sample files of a day, with their manifest, into a .7z. */
object ArchivePacker {
    /**
     * Writes [target] anew; it is whole, and on disk, only when this returns. A file is read once: the manifest is about the very
     * bytes that are packed.
     *
     * @param files in the order in which they are packed; by time they compress best
     * @param digest of the day that they fold to
     * @param progress is told of each file
     * @throws IOException when a file cannot be read, or there is no room
     */
    fun pack(files: List<SampleFile>, day: Day, digest: String, target: Path, progress: () -> Unit = {}): ArchiveManifest =
        SolidArchive(target).use { archive ->
            val packed = files.map { file ->
                val content = Files.readAllBytes(file.path)
                if (content.isEmpty()) throw IOException("${file.path}: is empty, which no sample file is; remove it")
                archive.add(file.name.name, content)
                progress()
                NamedFile(file.name.name, content.size.toLong(), Sha256.of(content))
            }
            val manifest = ArchiveManifest(day, digest, packed)
            archive.add(ArchiveManifest.NAME, manifest.json().toByteArray())
            archive.finish()
            manifest
        }
}
