package twitchactors.node

import twitchactors.archive.NotASampleFile
import twitchactors.archive.SampleArchive
import twitchactors.archive.SampleFileReader
import twitchactors.archive.SampleFiles
import twitchactors.domain.BadInput
import twitchactors.domain.Day
import java.nio.file.Path

/** A folder of sample files, or a .7z of one that is unpacked until [close]. */
class RecordedSource private constructor(val files: SampleFiles, private val name: String, private val archive: SampleArchive?) :
    AutoCloseable {
    /** The day that was asked for, or that most files belong to. */
    fun day(wanted: Day?): Day = wanted ?: files.mainDay ?: throw BadInput("$name: every file is named for a time after the year 9999")

    /** Throws [BadInput] unless a file of [day] can be read. */
    fun checkHolds(day: Day) {
        val reader = SampleFileReader()
        val holds = files.files.filter { it.name.day == day }.any { file ->
            try {
                reader.read(file)
                true
            } catch (_: NotASampleFile) {
                false
            }
        }
        if (!holds) throw BadInput("$name: no file of $day can be read; what there is of that day was left as it is")
    }

    override fun close() {
        archive?.close()
    }

    companion object {
        fun open(source: String, steps: Steps): RecordedSource {
            val path = Path.of(source)
            if (!SampleArchive.isArchive(path)) return RecordedSource(SampleFiles.of(path), source, null)
            steps.begin("unpacking (bytes)", 0)
            val archive = SampleArchive.open(path, unpacked = steps::advance)
            return RecordedSource(archive.files, source, archive)
        }
    }
}
