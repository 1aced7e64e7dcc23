package twitchactors.twitch

import twitchactors.domain.ByteSink

/** A room that a connection is in: what it was told of who is there, and which messages are still to come. */
internal class IrcRoom(
    val streamer: Int,
    val name: String,
    private val accounts: Accounts,
    private val talk: IrcTalk,
    private val served: ServedLog,
) {
    /** Numbers of names, sorted; null when the chat is too large for membership. */
    private var members: IntArray? = null
    private var moment: Moment? = null
    private var messages = LongArray(0)
    private var next = 0

    /** Begins in [moment], [millis] after its slot did: messages from then on. */
    fun enter(moment: Moment, millis: Long) {
        members = membership(moment)
        listen(moment)
        while (next < messages.size && talk.offset(messages[next]) < millis) next++
    }

    /** The list of names for a client called [nick]: first its own, then all, or above 1,000 only the operators. */
    fun names(moment: Moment, nick: String, membership: Boolean): IrcBatch {
        val sink = ByteSink(NAMES_LINE * 2)
        val head = ":$nick.tmi.twitch.tv 353 $nick = #$name :"
        sink.text("$head$nick\r\n")
        val numbers = if (membership) listed(moment) else IntArray(0)
        var left = 0
        for ((index, number) in numbers.withIndex()) {
            if (left < SHORTEST_LEFT) {
                if (index > 0) sink.text("\r\n")
                sink.text(head)
                left = NAMES_LINE - head.length
            } else {
                sink.ascii(' ')
            }
            val before = sink.size
            accounts.appendLogin(sink, number)
            left -= sink.size - before + 1
        }
        if (numbers.isNotEmpty()) sink.text("\r\n")
        sink.text(":$nick.tmi.twitch.tv 366 $nick #$name :End of /NAMES list\r\n")
        val line = if (membership) {
            served.line(moment, "names", name, more = { text(",\"complete\":${isSmall(moment)}") }) {
                for (number in numbers) name { accounts.appendLogin(it, number) }
            }
        } else {
            null
        }
        return IrcBatch.of(sink, listOfNotNull(line))
    }

    /** Who came and went since the last time, when a new slot has begun; null when there is nothing to say. */
    fun changes(now: Moment): IrcBatch? {
        val before = members
        val after = membership(now)
        members = after
        if (before == null || after == null) return null
        val joined = without(after, before)
        val parted = without(before, after)
        if (joined.isEmpty() && parted.isEmpty()) return null
        val sink = ByteSink((joined.size + parted.size) * CHANGE_LINE)
        announce(sink, joined, " JOIN #$name\r\n")
        announce(sink, parted, " PART #$name\r\n")
        return IrcBatch.of(sink, listOfNotNull(line(now, "joins", joined), line(now, "parts", parted)))
    }

    /**
     * The messages up to [millis] after the beginning of the slot of [now]; before them what was left of the slot before. What a client
     * that is too slow has not taken for more than a slot is dropped.
     */
    fun messages(now: Moment, millis: Long, tags: Boolean): IrcBatch? {
        val sink = ByteSink(MESSAGE_LINE)
        val lines = ArrayList<ServedLog.Line>(2)
        val before = moment
        if (before?.number != now.number) {
            if (before != null && before.number == now.number - 1) say(before, Long.MAX_VALUE, tags, sink, lines)
            listen(now)
        }
        say(now, millis, tags, sink, lines)
        return if (sink.size == 0) null else IrcBatch.of(sink, lines)
    }

    private fun listen(now: Moment) {
        moment = now
        messages = talk.messages(now, streamer)
        next = 0
    }

    private fun say(of: Moment, until: Long, tags: Boolean, sink: ByteSink, lines: MutableList<ServedLog.Line>) {
        val from = next
        while (next < messages.size &&
            talk.offset(messages[next]) <= until
        ) {
            talk.appendTo(sink, messages[next++], streamer, of.startsAt, tags)
        }
        if (next > from) {
            served.line(of, "messages", name) {
                for (i in from until next) name { accounts.appendLogin(it, talk.author(messages[i])) }
            }?.let { lines += it }
        }
    }

    private fun announce(sink: ByteSink, numbers: IntArray, rest: String) {
        for (number in numbers) {
            talk.prefix(sink, number)
            sink.text(rest)
        }
    }

    private fun line(now: Moment, source: String, numbers: IntArray): ServedLog.Line? = if (numbers.isEmpty()) {
        null
    } else {
        served.line(now, source, name) { for (number in numbers) name { accounts.appendLogin(it, number) } }
    }

    private fun isSmall(moment: Moment) = moment.day.chatterCount(streamer, moment.slot) <= LARGEST_MEMBERSHIP

    private fun membership(moment: Moment): IntArray? = if (isSmall(moment)) numbers(moment).apply { sort() } else null

    private fun listed(moment: Moment): IntArray {
        val all = numbers(moment)
        return if (isSmall(moment)) all else all.filter { accounts.isOperator(it, streamer) }.toIntArray()
    }

    private fun numbers(moment: Moment): IntArray {
        val found = moment.day.chatters(streamer, moment.slot)
        for (i in found.indices) found[i] = moment.day.nameOfViewer(found[i])
        return found
    }

    private companion object {
        /** Above so many chatters Twitch announces nobody, and lists operators only. */
        const val LARGEST_MEMBERSHIP = 1_000

        /** Characters of a line of names, without its end. */
        const val NAMES_LINE = 500

        /** A line is full when the longest name would not fit. */
        const val SHORTEST_LEFT = 27
        const val CHANGE_LINE = 80
        const val MESSAGE_LINE = 512

        /** The entries of the sorted [all] that are not in the sorted [others]. */
        fun without(all: IntArray, others: IntArray): IntArray {
            val left = IntArray(all.size)
            var count = 0
            var at = 0
            for (number in all) {
                while (at < others.size && others[at] < number) at++
                if (at == others.size || others[at] != number) left[count++] = number
            }
            return left.copyOf(count)
        }
    }
}
