package twitchactors.node

import twitchactors.archive.SampleArchive
import twitchactors.archiver.ArchiveFolder
import twitchactors.domain.BadInput
import twitchactors.domain.Day
import java.nio.file.Path
import kotlin.io.path.exists

/** An archived day of the data folder [data], on its way back into the pipeline. */
internal class ArchivedDay(data: Path, private val day: Day) {
    private val archive = ArchiveFolder(data.resolve("archive")).archive(day)

    /**
     * A day that came back.
     *
     * @param archived the digest that its manifest says
     */
    class Restored(val done: RecordedReplay.Done, val archived: String) {
        /** Whether the day is now what was archived. */
        val isSame: Boolean get() = done.status.digest == archived
    }

    /**
     * Unpacks it, compares it with its manifest, and gives it to [replay].
     *
     * @throws BadInput when it is not what was archived; then nothing was changed
     */
    fun restore(steps: Steps, replay: (SampleArchive) -> RecordedReplay.Done): Restored {
        if (!archive.exists()) throw BadInput("$day is not archived: there is no $archive")
        steps.begin("unpacking (bytes)", 0)
        return SampleArchive.open(archive, unpacked = steps::advance).use { opened ->
            val manifest = opened.manifest ?: throw BadInput("$archive has no manifest, so it is not ours; feed it by 'replay $archive'")
            opened.differences().firstOrNull()?.let {
                throw BadInput("$archive: $it; nothing was changed. 'verify $day' names all that is wrong; put back a good copy")
            }
            Restored(replay(opened), manifest.digest)
        }
    }
}
