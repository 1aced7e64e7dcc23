package twitchactors.archiver

import twitchactors.archive.NamedFile
import twitchactors.archive.NotOurParquet
import twitchactors.archive.OrderedRows
import twitchactors.archive.ParquetLayout
import twitchactors.archive.ParquetRows
import twitchactors.archive.ReplacedFile
import twitchactors.archive.ViewerDayFormat
import twitchactors.domain.Day
import twitchactors.domain.Login
import java.nio.file.Path
import java.util.Arrays
import kotlin.io.path.exists

/**
 * Takes a viewer out of the Parquet of archived days. The .7z beside it, which takes minutes to pack again, still names them, so such a
 * day is archived again at the next turn: its description goes on saying what the .7z folds to. Blocks its caller.
 */
class RunsLeftOut(private val folder: ArchiveFolder) {
    /** Days whose runs named the viewer, and files that cannot be read. */
    class Done(val days: List<Day>, val unreadable: List<Path>)

    /**
     * Writes the runs of all days again that name [viewer]. Killed in between, it is done again from the beginning.
     *
     * @throws FolderBusy when somebody else is archiving
     */
    fun leaveOut(viewer: Login): Done = folder.locked {
        val days = ArrayList<Day>()
        val unreadable = ArrayList<Path>()
        for (day in folder.days().filter { folder.parquet(it).exists() }) {
            try {
                if (leaveOut(viewer, day)) days += day
            } catch (_: NotOurParquet) {
                unreadable.add(folder.parquet(day))
            }
        }
        Done(days, unreadable)
    }

    /** The days whose runs name [viewer]; changes nothing. */
    fun naming(viewer: Login): List<Day> = folder.days().filter { day ->
        val file = folder.parquet(day)
        try {
            file.exists() && names(ParquetRows.open(file), viewer)
        } catch (_: NotOurParquet) {
            false
        }
    }

    private fun leaveOut(viewer: Login, day: Day): Boolean {
        val rows = ParquetRows.open(folder.parquet(day))
        if (!names(rows, viewer)) return false
        val made = folder.work.resolve("$day.parquet")
        val left = bytes(viewer)
        ReplacedFile.writeNew(made) { out ->
            OrderedRows(ViewerDayFormat.PARQUET.writer(out, day, rows.streamers, ParquetLayout.BY_STREAMER)).use { sink ->
                rows.forEach { other, length, streamer, runs, count ->
                    if (!Arrays.equals(other, 0, length, left, 0, left.size)) sink.row(other, length, streamer, runs, count)
                }
            }
        }
        val description = folder.describe(day)?.copy(parquet = NamedFile.of(made))
        folder.put(made, folder.parquet(day))
        if (description != null) {
            val json = folder.work.resolve("$day.json")
            ReplacedFile.writeNew(json) { it.write(description.json().toByteArray()) }
            folder.put(json, folder.description(day))
        }
        return true
    }

    private fun names(rows: ParquetRows, viewer: Login): Boolean {
        val name = bytes(viewer)
        var isThere = false
        rows.forEach { other, length, _, _, _ -> if (Arrays.equals(other, 0, length, name, 0, name.size)) isThere = true }
        return isThere
    }

    private fun bytes(viewer: Login) = viewer.name.toByteArray(Charsets.US_ASCII)
}
