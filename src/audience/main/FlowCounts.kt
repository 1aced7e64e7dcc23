package twitchactors.audience

import twitchactors.domain.Login
import twitchactors.domain.Slot

/** Counts where viewers were before they came into a chat, or a stream, and after they left it. */
internal class FlowCounts {
    private val before = Side()
    private val after = Side()

    /** Counts [viewer], who was seen in chat number [chat] first in slot [first] and last in slot [last]. */
    fun add(viewer: SeenViewer, chat: Int, first: Int, last: Int, isBot: Boolean) {
        if (first >= StreamerFlow.SLOTS) before.add(viewer, chat, first - StreamerFlow.SLOTS, first - 1, isBot)
        if (last + StreamerFlow.SLOTS < Slot.PER_DAY) after.add(viewer, chat, last + 1, last + StreamerFlow.SLOTS, isBot)
    }

    /** @param logins of the streamers, by number */
    fun before(logins: List<Login>): StreamerFlow.Side = before.result(logins)

    fun after(logins: List<Login>): StreamerFlow.Side = after.result(logins)

    private class Side {
        private val could = LongArray(2)
        private val nowhere = LongArray(2)

        /** By number of the streamer, all viewers and people. */
        private val others = HashMap<Int, LongArray>()

        fun add(viewer: SeenViewer, chat: Int, from: Int, to: Int, isBot: Boolean) {
            count(could, isBot)
            var isSomewhere = false
            for (other in 0 until viewer.chats) {
                if (other == chat || !viewer.isIn(other, from, to)) continue
                isSomewhere = true
                count(others.getOrPut(viewer.streamer(other)) { LongArray(2) }, isBot)
            }
            if (!isSomewhere) count(nowhere, isBot)
        }

        private fun count(counts: LongArray, isBot: Boolean) {
            counts[0]++
            if (!isBot) counts[1]++
        }

        fun result(logins: List<Login>) = StreamerFlow.Side(
            StreamerFlow.Totals(could[0], nowhere[0]),
            StreamerFlow.Totals(could[1], nowhere[1]),
            others.map { (number, counts) -> StreamerFlow.Other(logins[number], counts[0], counts[1]) }.sortedBy { it.streamer },
        )
    }
}
