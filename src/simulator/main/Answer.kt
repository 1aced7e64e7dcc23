package twitchactors.simulator

import twitchactors.domain.ByteSink
import twitchactors.domain.Slot
import java.io.OutputStream
import java.security.MessageDigest
import java.util.HexFormat

/**
 * What a reader of the planned files must find, worked out from the visits of the day and the plan alone: a visit less the slots in
 * which no good file named its streamer's chatters. Planted doubles, second polls and spellings change nothing by construction.
 */
class Answer(private val day: WorldDay, plan: FilePlan) {
    class Rejected(val file: String, val kind: String)

    /** Counts as the contract defines them. [digest] is SHA-256 over the sorted lines `viewer,streamer,slot\n`. */
    class Totals(
        val day: String,
        val files: Int,
        val rejected: List<Rejected>,
        val samples: Int,
        val gaps: Int,
        val slotsMissing: Int,
        val namesDropped: Int,
        val sightings: Long,
        val viewers: Int,
        val pairs: Long,
        val digest: String,
    )

    private val good = plan.files.filter { it.isGood }
    private val rejected = plan.files.mapNotNull { file -> file.rejectedFor?.let { Rejected(file.name, it.label) } }.sortedBy { it.file }
    private val namesDropped = plan.files.sumOf { plan.namesDropped(it) }
    private val shown = Array(day.streamers) { BooleanArray(Slot.PER_DAY) }
    private var samples = 0
    private var gaps = 0

    init {
        for (streamer in 0 until day.streamers) {
            val sampled = BooleanArray(Slot.PER_DAY)
            val gap = BooleanArray(Slot.PER_DAY)
            for (file in good) {
                when (plan.says(file, streamer)) {
                    FilePlan.Says.NOTHING -> Unit
                    FilePlan.Says.GAP -> gap[file.slot] = true
                    FilePlan.Says.EMPTY_LIST -> sampled[file.slot] = true
                    FilePlan.Says.NAMES -> {
                        sampled[file.slot] = true
                        shown[streamer][file.slot] = true
                    }
                }
            }
            for (slot in 0 until Slot.PER_DAY) {
                if (sampled[slot]) {
                    samples++
                } else if (gap[slot]) {
                    gaps++
                }
            }
        }
    }

    /** Writes `answer.csv` to [out] and returns the totals. [progress] is told viewers done. */
    fun write(out: OutputStream, progress: (done: Long) -> Unit = {}): Totals {
        val names = day.world.names
        val viewers = NameOrder.of(names, day.viewers) { day.nameOfViewer(it) }
        val streamers = NameOrder.of(names, day.streamers) { it }
        val ends = IntArray(day.viewers + 1)
        val visits = visitsByViewer(viewers, streamers, ends)
        val digest = MessageDigest.getInstance("SHA-256")
        val rows = ByteSink()
        val triples = ByteSink()
        rows.text("viewer,streamer,samples,first_slot,last_slot\n")
        var sightings = 0L
        var pairs = 0L
        var seen = 0
        for (rank in viewers.indices) {
            var at = if (rank == 0) 0 else ends[rank - 1]
            var isSeen = false
            while (at < ends[rank]) {
                val order = (visits[at] ushr STREAMER_AT).toInt()
                var next = at
                while (next < ends[rank] && (visits[next] ushr STREAMER_AT).toInt() == order) next++
                val count = pair(day.nameOfViewer(viewers[rank]), streamers[order], visits, at, next, rows, triples)
                if (count > 0) {
                    isSeen = true
                    pairs++
                    sightings += count
                }
                at = next
            }
            if (isSeen) seen++
            if (rows.size > FLUSH || triples.size > FLUSH || rank == viewers.lastIndex) {
                rows.writeTo(out)
                rows.clear()
                digest.update(triples.array, 0, triples.size)
                triples.clear()
                progress(rank + 1L)
            }
        }
        val slots = good.mapTo(HashSet()) { it.slot }
        return Totals(
            day.day.toString(), good.size, rejected, samples, gaps, Slot.PER_DAY - slots.size, namesDropped, sightings, seen, pairs,
            HexFormat.of().formatHex(digest.digest()),
        )
    }

    /** Adds the row and triples of one (viewer, streamer), whose visits are [visits] from [from] until [to]; returns its samples. */
    private fun pair(viewer: Int, streamer: Int, visits: LongArray, from: Int, to: Int, rows: ByteSink, triples: ByteSink): Int {
        val names = day.world.names
        var samples = 0
        var first = -1
        var last = -1
        for (i in from until to) {
            for (slot in (visits[i].toInt() shr FIRST_AT and SLOT_MASK)..(visits[i].toInt() and SLOT_MASK)) {
                if (!shown[streamer][slot]) continue
                if (first < 0) first = slot
                last = slot
                samples++
                names.appendTo(triples, viewer)
                triples.ascii(',')
                names.appendTo(triples, streamer)
                triples.ascii(',')
                triples.decimal(slot.toLong())
                triples.ascii('\n')
            }
        }
        if (samples == 0) return 0
        names.appendTo(rows, viewer)
        rows.ascii(',')
        names.appendTo(rows, streamer)
        for (number in intArrayOf(samples, first, last)) {
            rows.ascii(',')
            rows.decimal(number.toLong())
        }
        rows.ascii('\n')
        return samples
    }

    /**
     * The visits of each viewer, by rank of its name, and of each by rank of the streamer's name, then time. [ends] gets where each
     * viewer's visits end. A visit: rank of the streamer, first slot, last slot.
     */
    private fun visitsByViewer(viewers: IntArray, streamers: IntArray, ends: IntArray): LongArray {
        val rank = IntArray(viewers.size)
        for (i in viewers.indices) rank[viewers[i]] = i
        for (streamer in streamers) day.forEachVisit(streamer) { viewer, _, _ -> ends[rank[viewer] + 1]++ }
        for (i in 1..viewers.size) ends[i] += ends[i - 1]
        val visits = LongArray(ends[viewers.size])
        // Placing a visit moves its viewer's start forward; in the end every start has become the end.
        for ((order, streamer) in streamers.withIndex()) {
            day.forEachVisit(streamer) { viewer, first, last ->
                visits[ends[rank[viewer]]++] = (order.toLong() shl STREAMER_AT) or (first.toLong() shl FIRST_AT) or last.toLong()
            }
        }
        return visits
    }

    private companion object {
        const val FLUSH = 1 shl 20
        const val STREAMER_AT = 18
        const val FIRST_AT = 9
        const val SLOT_MASK = 0x1ff
    }
}
