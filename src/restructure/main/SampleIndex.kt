package twitchactors.restructure

import twitchactors.archive.DayCoverage
import twitchactors.archive.SampleFile
import twitchactors.archive.SampleScan
import twitchactors.domain.Login
import twitchactors.domain.Slot

/**
 * Where the lists of a day stand: file, first byte and end, by streamer and slot. Filled file by file from several threads;
 * read once all are in. 20 bytes per list.
 */
internal class SampleIndex(val files: List<SampleFile>) {
    private val streamerNumbers = HashMap<Login, Int>()
    private var streamerOf = IntArray(1024)
    private var fileOf = IntArray(1024)
    private var froms = IntArray(1024)
    private var tos = IntArray(1024)
    private var size = 0

    /** What the good files cover; complete once all are in. */
    val coverage = DayCoverage()

    /** Takes in what [scan] found in the file at index [file]. */
    @Synchronized
    fun add(file: Int, scan: SampleScan) {
        coverage.add(files[file].name, scan)
        for (entry in 0 until scan.size) {
            val streamer = numberOf(scan.streamer(entry))
            if (!scan.isGap(entry) && scan.from(entry) < scan.to(entry)) list(streamer, file, scan.from(entry), scan.to(entry))
        }
    }

    /** All bytes of lists. */
    val listBytes: Long get() = (0 until size).sumOf { (tos[it] - froms[it]).toLong() }

    /** The streamers, sorted. */
    val streamers: List<Login> by lazy { streamerNumbers.keys.sorted() }

    /** The lists of one streamer in the order of their slots. [streamer] is its index in [streamers]. */
    inner class StreamerLists(val streamer: Int, private val entries: IntArray) {
        val bytes: Long = entries.sumOf { (tos[it] - froms[it]).toLong() }

        /** Calls [read] with file, slot, first byte and end of each list. */
        inline fun forEach(read: (file: Int, slot: Int, from: Int, to: Int) -> Unit) {
            for (entry in entries) read(fileOf[entry], files[fileOf[entry]].name.slot.index, froms[entry], tos[entry])
        }
    }

    /** The lists by streamer, those with most bytes first. */
    fun byStreamer(): List<StreamerLists> {
        val rank = IntArray(streamers.size)
        streamers.forEachIndexed { index, login -> rank[streamerNumbers.getValue(login)] = index }
        // Streamer, slot, entry in one number, to be sorted as such.
        val keys = LongArray(size) { entry ->
            val slot = files[fileOf[entry]].name.slot.index
            (rank[streamerOf[entry]].toLong() * Slot.PER_DAY + slot shl Int.SIZE_BITS) or entry.toLong()
        }
        keys.sort()
        val lists = ArrayList<StreamerLists>()
        var from = 0
        while (from < size) {
            val streamer = streamerAt(keys[from])
            var to = from
            while (to < size && streamerAt(keys[to]) == streamer) to++
            lists += StreamerLists(streamer, IntArray(to - from) { keys[from + it].toInt() })
            from = to
        }
        return lists.sortedByDescending { it.bytes }
    }

    private fun streamerAt(key: Long) = ((key ushr Int.SIZE_BITS) / Slot.PER_DAY).toInt()

    private fun numberOf(streamer: Login) = streamerNumbers.getOrPut(streamer) { streamerNumbers.size }

    private fun list(streamer: Int, file: Int, from: Int, to: Int) {
        if (size == froms.size) {
            streamerOf = streamerOf.copyOf(size * 2)
            fileOf = fileOf.copyOf(size * 2)
            froms = froms.copyOf(size * 2)
            tos = tos.copyOf(size * 2)
        }
        streamerOf[size] = streamer
        fileOf[size] = file
        froms[size] = from
        tos[size] = to
        size++
    }
}
