package twitchactors.sources

import twitchactors.domain.Login

/**
 * A followed streamer's chat: who is in it and who wrote, as far as it was told, and who waits for an answer about it. Not safe for
 * several threads.
 *
 * @param millis milliseconds since 1970 in the time of the samples
 * @param nanos a monotonic clock in real time
 */
internal class Room(
    val streamer: Login,
    private val settings: ChatSettings,
    private val millis: () -> Long,
    private val nanos: () -> Long,
) {
    enum class State { WAITING, JOINING, JOINED, REFUSED }

    var state = State.WAITING
        private set

    /** When that began, by the monotonic clock. */
    var stateSince = 0L
        private set

    /** When its list of names was last asked for, in the time of the samples; joining does that too. */
    var namesAskedAt = 0L
        private set

    /** The list of names, once the chat has said that it is whole; null when none is known that can be trusted. */
    private var list: RoomNames? = null

    /** A list of which the end has not come. It counts for nothing before. */
    private var coming: RoomNames? = null
    private val talk = RoomTalk(settings.authorsPerSlot)
    private val coverage = RoomCoverage()
    private val questions = ArrayList<RoomQuestion<*>>()

    /** Why there is no answer, where there is none. */
    private var trouble = "its chat is not joined yet"

    /** First messages of authors since the list came, and how many of these authors were not on it. */
    private var compared = 0
    private var strangers = 0

    /** Whether [name] is known to be there. */
    fun has(name: ChatName): Boolean = list?.has(name) == true || coming?.has(name) == true

    val names: Int get() = list?.size ?: 0
    val isListed: Boolean get() = list != null
    val bytes: Long get() = (list?.bytes ?: 0) + (coming?.bytes ?: 0) + talk.bytes

    fun joining() = become(State.JOINING).also { namesAskedAt = millis() }

    /** The chat did not answer to the JOIN: it is to be tried again. */
    fun unanswered() {
        trouble = "the chat did not answer when its room was joined"
        become(State.WAITING)
    }

    fun joined() {
        if (state == State.JOINED) return
        become(State.JOINED)
        if (!coverage.hasBegun) trouble = "its chat was joined in the middle of the slot"
        coverage.begin(millis())
    }

    /** The chat does not let us in. It is tried again after a while. */
    fun refused() {
        trouble = "the chat does not let anybody into its room"
        forget(millis())
        become(State.REFUSED)
    }

    /**
     * It is listened to no longer since [at]: the connection is gone, or the chat has put us out. Nothing that was told about who is
     * there counts any more.
     */
    fun lost(reason: String, at: Long) {
        trouble = reason
        forget(at)
        become(State.WAITING)
    }

    fun namesAsked() {
        namesAskedAt = millis()
        coming = null
    }

    /** A part of the list is told, which may hold nobody but us. */
    fun listing() {
        if (coming == null) coming = RoomNames(settings.membershipLimit)
    }

    /** [name] is on the list that is being told ([listing]); null when it is no login. */
    fun listed(name: ChatName?) {
        coming?.add(name)
    }

    /** The list is told to its end. One of more names than are kept is none. */
    fun endOfNames() {
        val whole = coming ?: return
        coming = null
        list = whole.takeIf { !it.isOver }
        compared = 0
        strangers = 0
        questions.removeAll { millis() < it.to && it.tryNames(this) }
    }

    /** [name] has come; null when it is no login. */
    fun came(name: ChatName?) {
        coming?.add(name)
        list?.add(name)
        if (list?.isOver == true) list = null
    }

    /** [name] has gone; null when it is no login. */
    fun left(name: ChatName?) {
        coming?.remove(name)
        list?.remove(name)
    }

    /** [author], null when it is no login, wrote something at [sentAt] by the chat's clock, -1 when it did not say. */
    fun wrote(author: ChatName?, sentAt: Long) {
        val now = millis()
        val at = if (sentAt in now - CLOCKS_APART_MS..now + CLOCKS_APART_MS) sentAt else now
        val isFirst = talk.wrote(at, author)
        val names = list
        if (isFirst && author != null && names != null) {
            compared++
            if (!names.has(author)) strangers++
        }
    }

    /**
     * Who is there by the list of names; null when there is no list, or none that can be all of them. Above the limit Twitch lists
     * operators only and tells no longer who comes and goes, without saying so. It is recognised by any of these:
     * - the list is at nine tenths of the limit or above: it may have stopped there;
     * - half the limit or more watch, and less than a quarter as many are on the list: operators;
     * - of those who wrote since the list came, eight or more, most are not on it: it is not told on.
     *
     * The list is then dropped until it is told anew.
     */
    fun membership(liveViewers: Int?): Chatters? {
        val names = list ?: return null
        val limit = settings.membershipLimit
        val isNearLimit = names.size.toLong() * 10 >= limit.toLong() * 9
        val isFew = liveViewers != null && liveViewers >= limit / 2 && names.size < liveViewers / 4
        val isStale = compared >= ENOUGH_AUTHORS && strangers * 2 > compared
        if (isNearLimit || isFew || isStale) {
            list = null
            return null
        }
        val isSure = liveViewers != null || names.size >= limit / 10 || compared >= ENOUGH_AUTHORS
        return Chatters(ChatterSource.MEMBERSHIP, isSure, names.logins(), names.dropped)
    }

    /** [question] is answered now or later; at once when it cannot be. */
    fun ask(question: RoomQuestion<*>) {
        when {
            talk.isForgotten(question.slot) -> question.fail("the slot is too long ago")
            millis() < question.to && question.tryNames(this) -> Unit
            state == State.REFUSED -> question.fail(trouble)
            questions.size >= MOST_QUESTIONS -> question.fail("too many questions about one chat at a time")
            else -> questions += question
        }
    }

    /** Answers what can be answered now that time has passed, on a connection that was last heard at [heardAt] of the monotonic clock. */
    fun answerDue(heardAt: Long, ping: () -> Unit) {
        if (questions.isNotEmpty()) questions.removeAll { isSettled(it, heardAt, ping) }
    }

    /** Nobody follows it any more. */
    fun close(reason: String) {
        questions.forEach { it.fail(reason) }
        questions.clear()
    }

    /**
     * A slot's messages are told when it has been over for a moment and the chat was heard after that: a connection that is dead, but
     * not yet known to be, must not look like a room in which nobody wrote.
     */
    private fun isSettled(question: RoomQuestion<*>, heardAt: Long, ping: () -> Unit): Boolean {
        if (millis() < question.to) return false
        val now = nanos()
        val over = question.overSince ?: now.also { question.overSince = it }
        when {
            !coverage.covers(question.from, question.to) -> question.fail(trouble)
            now - over < settings.lateMessages.toNanos() -> return false
            coverage.isOpen && heardAt - over <= 0 -> {
                if (now - over < settings.answerWithin.toNanos()) return false.also { ping() }
                question.fail("the chat is silent")
            }
            talk.isForgotten(question.slot) -> question.fail("the slot is too long ago")
            else -> question.answerByMessages(talk.of(question.slot))
        }
        return true
    }

    private fun forget(at: Long) {
        coverage.end(at)
        list = null
        coming = null
    }

    private fun become(next: State) {
        state = next
        stateSince = nanos()
    }

    private companion object {
        /** Further apart than this the chat's clock and ours have nothing to do with each other: two slots. */
        const val CLOCKS_APART_MS = 600_000L
        const val ENOUGH_AUTHORS = 8
        const val MOST_QUESTIONS = 16
    }
}
