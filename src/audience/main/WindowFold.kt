package twitchactors.audience

import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.LoginWords
import twitchactors.domain.PairSink
import twitchactors.domain.ViewerCursor
import java.util.Arrays
import java.util.PriorityQueue

/**
 * Counts the audience of several days as sets. The sealed days of one partition are walked through side by side, viewer by viewer, so
 * no set is ever made: what is in memory is these days' binary forms, and sums. Not safe for use by several threads.
 *
 * @param days ascending, 1 to 64 of them
 */
class WindowFold(private val days: List<Day>, private val bots: KnownBots) {
    private val logins = ArrayList<Login>()
    private val numbers = HashMap<Login, Int>()
    private val all = ArrayList<Counts>()
    private val people = ArrayList<Counts>()
    private val pairs = PairCounts()
    private var viewers = 0L
    private var persons = 0L

    /** A bit for each day of the last week of the calendar. */
    private val lately = days.indices.filter { days[it].epochDay > days.last().epochDay - WEEK }
        .fold(0L) { mask, day -> mask or (1L shl day) }

    /** The viewer at hand: by streamer, a bit for each day; and which streamers have any. */
    private var seenOn = LongArray(64)
    private var met = IntArray(64)
    private var metCount = 0
    private val viewer = SeenViewer()

    init {
        require(days.size in 1..Long.SIZE_BITS) { "${days.size} days: 1 to ${Long.SIZE_BITS} are possible" }
        require(days.zipWithNext().all { (one, next) -> one < next }) { "days are not ascending" }
    }

    private inner class Part(val cursor: ViewerCursor) {
        val day = days.indexOf(cursor.day).also { require(it >= 0) { "${cursor.day} is none of the days" } }
        private val numbers = cursor.streamers.map(::number).toIntArray()
        private val sink = PairSink { _, _, streamer, runs, count ->
            viewer.add(this.numbers[streamer], runs, count)
            meet(this.numbers[streamer], day)
        }

        fun pairs() = cursor.pairs(sink)
    }

    /** Takes in the viewers of one partition: [parts] are what it has sealed of the days, each at most once. */
    fun take(parts: List<ViewerCursor>) {
        val queue = PriorityQueue<Part>(maxOf(1, parts.size)) { a, b -> compare(a.cursor, b.cursor) }
        parts.map { Part(it) }.filterTo(queue) { it.cursor.next() }
        val login = ByteArray(LoginWords.BYTES)
        while (queue.isNotEmpty()) {
            val length = queue.peek().cursor.length
            System.arraycopy(queue.peek().cursor.viewer, 0, login, 0, length)
            val isListed = bots.has(login, length)
            var isBot = false
            while (queue.isNotEmpty() && isAt(queue.peek().cursor, login, length)) {
                val part = queue.poll()
                viewer.clear()
                part.pairs()
                viewer.look()
                isBot = isBot || BotSigns(isListed, viewer.atOnce, viewer.slots).isBot
                if (part.cursor.next()) queue += part
            }
            count(isBot)
        }
    }

    private fun compare(a: ViewerCursor, b: ViewerCursor) = Arrays.compare(a.viewer, 0, a.length, b.viewer, 0, b.length)

    private fun isAt(cursor: ViewerCursor, login: ByteArray, length: Int) = Arrays.equals(cursor.viewer, 0, cursor.length, login, 0, length)

    private fun number(streamer: Login): Int = numbers.getOrPut(streamer) {
        logins += streamer
        all += Counts(days.size, lately)
        people += Counts(days.size, lately)
        if (logins.size > seenOn.size) {
            seenOn = seenOn.copyOf(seenOn.size * 2)
            met = met.copyOf(seenOn.size)
        }
        logins.size - 1
    }

    private fun meet(streamer: Int, day: Int) {
        if (seenOn[streamer] == 0L) met[metCount++] = streamer
        seenOn[streamer] = seenOn[streamer] or (1L shl day)
    }

    /** Counts the viewer at hand and lets go of it. */
    private fun count(isBot: Boolean) {
        viewers++
        if (!isBot) persons++
        for (i in 0 until metCount) {
            all[met[i]].add(seenOn[met[i]])
            if (!isBot) people[met[i]].add(seenOn[met[i]])
            for (j in 0 until i) pairs.add(met[i], met[j], isBot)
        }
        for (i in 0 until metCount) seenOn[met[i]] = 0
        metCount = 0
    }

    /** What has come together. */
    fun result(): WindowAudience {
        val order = logins.indices.sortedBy { logins[it] }
        return WindowAudience(
            days,
            viewers,
            persons,
            order.map { WindowAudience.Streamer(logins[it], all[it].loyalty(), people[it].loyalty()) },
            pairs.shared(order),
        )
    }

    private class Counts(private val days: Int, private val lately: Long) {
        private var new = 0L
        private var returning = 0L
        private var regular = 0L
        private var leaving = 0L
        private var lost = 0L
        private val byDays = LongArray(days)

        fun add(seenOn: Long) {
            byDays[java.lang.Long.bitCount(seenOn) - 1]++
            val last = 1L shl (days - 1)
            if (seenOn == last) {
                new++
            } else if (seenOn and last != 0L) {
                returning++
                if (java.lang.Long.bitCount(seenOn) > WindowAudience.REGULAR_DAYS) regular++
            }
            if (seenOn == 1L) leaving++
            if (seenOn and lately == 0L) lost++
        }

        fun loyalty() = WindowAudience.Loyalty(byDays.sum(), new, returning, regular, leaving, lost, byDays.toList())
    }

    private companion object {
        const val WEEK = 7
    }
}
