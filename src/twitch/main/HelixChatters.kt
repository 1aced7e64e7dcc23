package twitchactors.twitch

import twitchactors.domain.ByteSink

/**
 * Get Chatters. The hot path: a page of 1,000 names is 75 kB, put together without an object for a name.
 */
internal class HelixChatters(
    private val accounts: Accounts,
    private val paging: Paging,
    private val faults: Faults,
    private val served: ServedLog,
) {
    fun answer(call: HelixGate.Call): Reply {
        val streamer = broadcaster(call)
        val login = accounts.login(streamer)
        // A page of another list would be a chat in which nobody has ever been.
        val page = paging.page(call.asked, call.moment, "chatters:$streamer", 1000, 100, listOf(login)) { size(it, streamer) }
        val total = size(page.moment, streamer)
        val count = page.to - page.from
        val numbers = numbers(page, streamer)
        val sink = ByteSink(count * ROW + ROW)
        sink.data(count) { row(sink, numbers[it]) }
        page.appendTo(sink)
        sink.text(",\"total\":$total}")
        return Reply.json(sink, line(page, login, total, numbers), count)
    }

    private fun size(moment: Moment, streamer: Int) =
        if (accounts.isStreamer(streamer)) moment.day.chatterCount(streamer, moment.slot) else 0

    private fun numbers(page: Paging.Page, streamer: Int): IntArray {
        val found = IntArray(page.to - page.from)
        if (found.isEmpty()) return found
        val day = page.moment.day
        var place = 0
        day.forEachChatter(streamer, page.moment.slot) { viewer ->
            if (place >= page.from) found[place - page.from] = day.nameOfViewer(viewer)
            if (++place == page.to) return found
        }
        return found
    }

    private fun row(sink: ByteSink, number: Int) {
        sink.bytes(ID)
        sink.decimal(accounts.id(number))
        sink.bytes(LOGIN)
        accounts.appendLogin(sink, number)
        sink.bytes(NAME)
        accounts.appendDisplayName(sink, number)
        sink.bytes(END)
    }

    private fun line(page: Paging.Page, login: String, total: Int, numbers: IntArray) = served.line(
        page.moment,
        "chatters",
        login,
        more = { text(",\"from\":${page.from},\"total\":$total") },
    ) {
        for (number in numbers) name { accounts.appendLogin(it, number) }
    }

    /** The streamer whose chat is asked for, when the token may read it. */
    private fun broadcaster(call: HelixGate.Call): Int {
        val broadcaster = required(call.asked, "broadcaster_id")
        val moderator = required(call.asked, "moderator_id")
        val user = call.token.user ?: throw Refusal(401, "Missing User OAUTH Token")
        if (SCOPE !in call.token.scopes) throw Refusal(401, "Missing scope: $SCOPE")
        if (moderator != accounts.id(user)) {
            throw Refusal(401, "The ID in moderator_id must match the user ID found in the request's OAuth token.")
        }
        val streamer = accounts.numberOfId(broadcaster) ?: throw NO_MODERATOR
        if (!accounts.mayReadChatters(user, streamer)) throw NO_MODERATOR
        if (faults.hits(FaultKind.MISSING_STREAMER, call.asked.path) { listOf(accounts.login(streamer)) } != null) throw NO_MODERATOR
        return streamer
    }

    private fun required(asked: Asked, name: String): Long =
        HelixStreams.number(name, asked.one(name)?.takeIf { it.isNotEmpty() } ?: throw Refusal(400, "Missing required parameter \"$name\""))

    companion object {
        const val SCOPE = "moderator:read:chatters"
        private val NO_MODERATOR =
            Refusal(403, "The user in the moderator_id query parameter is not one of the broadcaster's moderators.")
        private const val ROW = 80
        private val ID = "{\"user_id\":\"".toByteArray()
        private val LOGIN = "\",\"user_login\":\"".toByteArray()
        private val NAME = "\",\"user_name\":\"".toByteArray()
        private val END = "\"}".toByteArray()
    }
}
