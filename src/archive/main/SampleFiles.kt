package twitchactors.archive

import twitchactors.domain.BadInput
import twitchactors.domain.Day
import java.io.IOException
import java.nio.file.Files
import java.nio.file.NoSuchFileException
import java.nio.file.NotDirectoryException
import java.nio.file.Path
import kotlin.io.path.name

/** The recorded sample files of a folder, in the order of their times. */
class SampleFiles(val files: List<SampleFile>) {
    /** The days that files are named for, ascending. */
    val days: List<Day> get() = files.mapNotNull { it.name.day }.distinct().sorted()

    /** The day that most files belong to; the earliest of several. Null when no file belongs to any. */
    val mainDay: Day?
        get() = files.mapNotNull { it.name.day }.groupingBy { it }.eachCount().entries
            .minWithOrNull(compareByDescending<Map.Entry<Day, Int>> { it.value }.thenBy { it.key })?.key

    companion object {
        /**
         * The sample files of [folder]; those of folders within it do not count.
         *
         * @throws BadInput when there is no such folder, or no sample file in it
         */
        fun of(folder: Path): SampleFiles {
            val files = try {
                Files.newDirectoryStream(folder).use { entries ->
                    entries.mapNotNull { path -> SampleFileName.parse(path.name)?.let { SampleFile(path, it) } }
                }
            } catch (failure: NoSuchFileException) {
                throw BadInput("$folder: there is no such folder or archive; name a folder of sample files or a .7z of one", failure)
            } catch (failure: NotDirectoryException) {
                throw BadInput("$folder: is neither a folder nor a .7z archive; name a folder of sample files or a .7z of one", failure)
            } catch (failure: IOException) {
                throw BadInput("$folder: cannot be read as a folder (${failure.javaClass.simpleName}); check its permissions", failure)
            }
            if (files.isEmpty()) throw BadInput("$folder: holds no sample file; they are named <unix seconds>.json")
            return sorted(files)
        }

        /** [files] in the order of their times. */
        fun sorted(files: List<SampleFile>): SampleFiles =
            SampleFiles(files.sortedWith(compareBy({ it.name.name.length }, { it.name.name })))
    }
}
