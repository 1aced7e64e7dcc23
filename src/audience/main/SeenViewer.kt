package twitchactors.audience

import twitchactors.domain.Slot
import twitchactors.domain.SlotSets

/** One viewer's day, used again for each. */
internal class SeenViewer {
    /** In how many chats the viewer was seen. */
    var chats = 0
        private set

    private var streamers = IntArray(16)

    /** The runs of chat `i` are `runs[starts[i], starts[i + 1])`. */
    private var starts = IntArray(17)
    private var runs = IntArray(64)

    /** By slot, in how many chats; only while the viewer was seen in several. */
    private val crowd = IntArray(Slot.PER_DAY)

    /** In how many slots the viewer was seen, as of the last [look]. */
    var slots = 0
        private set

    /** In how many chats at most in one slot, as of the last [look]. */
    var atOnce = 0
        private set

    fun clear() {
        if (chats > 1) crowd.fill(0)
        chats = 0
    }

    /** Adds a chat: that of [streamer], which was not added yet. */
    fun add(streamer: Int, from: IntArray, count: Int) {
        if (chats == streamers.size) {
            streamers = streamers.copyOf(chats * 2)
            starts = starts.copyOf(chats * 2 + 1)
        }
        val start = starts[chats]
        if (start + count > runs.size) runs = runs.copyOf(maxOf(start + count, runs.size * 2))
        System.arraycopy(from, 0, runs, start, count)
        streamers[chats++] = streamer
        starts[chats] = start + count
    }

    /** Counts [slots] and [atOnce] of the chats that were added. */
    fun look() {
        slots = 0
        atOnce = 0
        if (chats == 1) {
            slots = samples(0)
            atOnce = 1
            return
        }
        for (run in 0 until starts[chats]) {
            for (slot in SlotSets.first(runs[run])..SlotSets.last(runs[run])) {
                val now = ++crowd[slot]
                if (now == 1) slots++
                if (now > atOnce) atOnce = now
            }
        }
    }

    fun streamer(chat: Int): Int = streamers[chat]

    /** In how many slots the viewer was in [chat]. */
    fun samples(chat: Int): Int {
        var samples = 0
        for (run in starts[chat] until starts[chat + 1]) samples += SlotSets.length(runs[run])
        return samples
    }

    /** Whether the viewer was in another chat in a slot in which it was in [chat]; after [look]. */
    fun isElsewhere(chat: Int): Boolean {
        if (atOnce < 2) return false
        runs(chat) { first, last -> for (slot in first..last) if (crowd[slot] > 1) return true }
        return false
    }

    /** Whether the viewer was in [chat] in any of the slots [from] to [to]. */
    fun isIn(chat: Int, from: Int, to: Int): Boolean {
        runs(chat) { first, last -> if (first <= to && last >= from) return true }
        return false
    }

    /** Gives the runs of [chat] to [visit], ascending. */
    inline fun runs(chat: Int, visit: (first: Int, last: Int) -> Unit) {
        for (run in starts[chat] until starts[chat + 1]) visit(SlotSets.first(runs[run]), SlotSets.last(runs[run]))
    }
}
