package twitchactors.audience

import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.PairSink
import twitchactors.domain.Slot
import twitchactors.domain.ViewerCursor

/**
 * Counts the audience of a day. Takes the sealed parts of the day one after the other, in any order: nothing of a viewer is kept once
 * the next one comes. Not safe for use by several threads.
 *
 * @param broadcasts the live day of each streamer of whom there are samples
 */
class AudienceFold(private val day: Day, private val broadcasts: Map<Login, Broadcast>, private val bots: KnownBots) {
    private val streamers = ArrayList<Streamer>()
    private val numbers = HashMap<Login, Int>()
    private val pairs = PairCounts()
    private val reasons = LongArray(BotSigns.Reason.entries.size)
    private val all = Totals()
    private val people = Totals()
    private val viewer = SeenViewer()

    private class Totals {
        var viewers = 0L
        var atSeveral = 0L
    }

    init {
        broadcasts.keys.forEach(::number)
    }

    /** Takes in the viewers of [part], which are in no other part. */
    fun take(part: ViewerCursor) {
        require(part.day == day) { "${part.day} is not $day" }
        val numbers = part.streamers.map(::number).toIntArray()
        val sink = PairSink { _, _, streamer, runs, count -> viewer.add(numbers[streamer], runs, count) }
        while (part.next()) {
            viewer.clear()
            part.pairs(sink)
            count(bots.has(part.viewer, part.length))
        }
    }

    private fun number(streamer: Login): Int = numbers.getOrPut(streamer) {
        streamers += Streamer(streamer, broadcasts[streamer] ?: Broadcast(emptyList()))
        streamers.size - 1
    }

    private fun count(isListed: Boolean) {
        viewer.look()
        val signs = BotSigns(isListed, viewer.atOnce, viewer.slots)
        val isBot = signs.isBot
        signs.reasons.forEach { reasons[it.ordinal]++ }
        count(all)
        if (!isBot) count(people)
        for (i in 0 until viewer.chats) {
            streamers[viewer.streamer(i)].count(viewer, i, isBot)
            for (j in 0 until i) pairs.add(viewer.streamer(i), viewer.streamer(j), isBot)
        }
    }

    private fun count(totals: Totals) {
        totals.viewers++
        if (viewer.atOnce > 1) totals.atSeveral++
    }

    /** What has come together. */
    fun result(): DayAudience {
        val order = streamers.indices.sortedBy { streamers[it].login }
        val logins = streamers.map { it.login }
        return DayAudience(
            day,
            DayAudience.Totals(all.viewers, all.atSeveral),
            DayAudience.Totals(people.viewers, people.atSeveral),
            BotSigns.Reason.entries.associateWith { reasons[it.ordinal] },
            order.map { streamers[it].result(day) },
            pairs.shared(order),
            order.map { streamers[it].flow(day, logins) },
        )
    }

    /** What is counted of one streamer. */
    private class Streamer(val login: Login, private val broadcast: Broadcast) {
        private val all = Counts(broadcast.streams.size)
        private val people = Counts(broadcast.streams.size)

        /** By slot, plus one where viewers come and minus one behind the slot in which they are last. */
        private val changes = IntArray(Slot.PER_DAY + 1)

        private val flow = FlowCounts()
        private val streamFlows = List(broadcast.streams.size) { FlowCounts() }

        /** Counts [viewer], whose chat number [chat] is this. */
        fun count(viewer: SeenViewer, chat: Int, isBot: Boolean) {
            count(all, viewer, chat)
            if (!isBot) count(people, viewer, chat)
            visits(viewer, chat) { stream, came, seen ->
                val ends = broadcast.streams[stream].last
                all.left(stream, ends, came, seen)
                if (!isBot) people.left(stream, ends, came, seen)
                streamFlows[stream].add(viewer, chat, came, seen, isBot)
            }
            var first = -1
            var last = -1
            viewer.runs(chat) { from, to ->
                changes[from]++
                changes[to + 1]--
                if (first < 0) first = from
                last = to
            }
            flow.add(viewer, chat, first, last, isBot)
        }

        private fun count(counts: Counts, viewer: SeenViewer, chat: Int) {
            counts.viewers++
            counts.samples += viewer.samples(chat)
            if (viewer.isElsewhere(chat)) counts.elsewhere++
        }

        /** Gives each stream that the viewer came into to [visit], with the first and the last slot in which they were seen in it. */
        private inline fun visits(viewer: SeenViewer, chat: Int, visit: (stream: Int, came: Int, seen: Int) -> Unit) {
            var stream = -1
            var came = 0
            var seen = 0
            viewer.runs(chat) { first, last ->
                var slot = first
                while (slot <= last) {
                    val now = broadcast.streamAt(slot)
                    // As far as the same stream goes on.
                    val end = if (now < 0) slot else minOf(last, broadcast.streams[now].last)
                    if (now >= 0) {
                        if (now != stream) {
                            if (stream >= 0) visit(stream, came, seen)
                            stream = now
                            came = slot
                        }
                        seen = end
                    }
                    slot = end + 1
                }
            }
            if (stream >= 0) visit(stream, came, seen)
        }

        fun flow(day: Day, logins: List<Login>) = StreamerFlow(
            login,
            day,
            flow.before(logins),
            flow.after(logins),
            broadcast.streams.mapIndexed { i, stream ->
                val counts = streamFlows[i]
                StreamerFlow.OfStream(stream.id, stream.first, stream.last, counts.before(logins), counts.after(logins))
            },
        )

        fun result(day: Day): StreamerDay {
            val chatters = IntArray(Slot.PER_DAY)
            var present = 0
            for (slot in chatters.indices) {
                present += changes[slot]
                chatters[slot] = present
            }
            return StreamerDay(
                login,
                day,
                all.figures(),
                people.figures(),
                broadcast.live(chatters),
                broadcast.streams.mapIndexed { i, stream ->
                    StreamerDay.Stream(
                        stream.id,
                        stream.first,
                        stream.last,
                        all.streams[i],
                        people.streams[i],
                        broadcast.live(stream, chatters),
                    )
                },
                broadcast.titles(),
                broadcast.games(),
            )
        }
    }

    private class Counts(streamCount: Int) {
        var viewers = 0L
        var samples = 0L
        var elsewhere = 0L
        val streams = LongArray(streamCount)
        private val could = LongArray(ChatFigures.RETENTION_MINUTES.size)
        private val stayed = LongArray(ChatFigures.RETENTION_MINUTES.size)

        /** A viewer [came] into [stream], which went on until slot [ends], and was [seen] there for the last time. */
        fun left(stream: Int, ends: Int, came: Int, seen: Int) {
            streams[stream]++
            for (i in could.indices) {
                val until = came + RETENTION_SLOTS[i]
                if (until > ends) break
                could[i]++
                if (seen >= until) stayed[i]++
            }
        }

        fun figures() = ChatFigures(
            viewers,
            samples,
            elsewhere,
            ChatFigures.RETENTION_MINUTES.mapIndexed { i, minutes -> ChatFigures.Retention(minutes, could[i], stayed[i]) },
            streams.toList(),
        )
    }

    private companion object {
        val RETENTION_SLOTS = ChatFigures.RETENTION_MINUTES.map { it / Slot.MINUTES }.toIntArray()
    }
}
