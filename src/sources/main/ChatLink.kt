package twitchactors.sources

import org.slf4j.LoggerFactory
import twitchactors.domain.LoginTable
import java.time.Duration

/**
 * One connection to the chat and the rooms on it, as a state that bytes and time move on; when it breaks it is made anew, and the rooms
 * are joined again. Not safe for several threads.
 *
 * @param number of this connection on this node, from 0
 * @param random 0 to 1, for waits that differ from node to node
 * @param open is to connect, and to give what comes of it to [opened] or [ended] with the attempt's number
 */
internal class ChatLink(
    val number: Int,
    private val settings: ChatSettings,
    private val budget: ChatJoinBudget,
    private val millis: () -> Long,
    private val nanos: () -> Long,
    private val random: () -> Double,
    private val open: (link: ChatLink, attempt: Long) -> Unit,
) {
    private enum class State { CLOSED, CONNECTING, LOGGING_IN, READY }

    private var state = State.CLOSED
    private var stateSince = nanos()
    private var wire: ChatWire? = null
    private var account = ""
    private var lines = IrcLines()
    private val message = IrcMessage()
    private val name = ChatName()
    private val channel = ChatName()

    /** Our own name, which is nobody of the room. */
    private val own = ChatName()
    private var failures = 0
    private var connectAt = nanos()
    private var heardAt = nanos()
    private var heardMillis = millis()
    private var pingedAt = heardAt
    private var hasMembership = false
    private val places = LoginTable()
    private val rooms = ArrayList<Room?>()

    /** The attempt to connect that counts; what is said about others comes too late. */
    var attempt = 0L
        private set
    var size = 0
        private set

    /** Messages that came, and lines that were too long or no lines. */
    var messages = 0L
        private set
    private var unread = 0L
    private var droppedBefore = 0L
    val linesDropped: Long get() = droppedBefore + lines.dropped + unread
    val isReady: Boolean get() = state == State.READY

    /** Whether it is logged in and the chat will not tell who comes and goes. */
    val isDegraded: Boolean get() = isReady && !hasMembership

    fun add(room: Room) {
        val id = places.intern(room.streamer)
        while (rooms.size <= id) rooms.add(null)
        rooms[id] = room
        size++
    }

    fun remove(room: Room) {
        val id = places.find(room.streamer)
        if (id < 0 || rooms[id] !== room) return
        rooms[id] = null
        size--
        settle(room)
        if (room.state == Room.State.JOINING || room.state == Room.State.JOINED) wire?.send("PART #${room.streamer}")
        if (size == 0) {
            disconnect()
        } else if (places.size > 2 * size + SPARE_PLACES) {
            forgetRemoved()
        }
    }

    fun forEachRoom(each: (Room) -> Unit) {
        for (id in rooms.indices) rooms[id]?.let(each)
    }

    /** The connection is being made: what is sent now goes out as soon as it stands. */
    fun opened(attempt: Long, wire: ChatWire, account: ChatAccount) {
        if (attempt != this.attempt || state != State.CONNECTING) return wire.close()
        this.wire = wire
        this.account = account.budget
        become(State.LOGGING_IN)
        hasMembership = settings.membershipCapability.isEmpty()
        // Each for itself: a refusal is about all that is asked for in one line.
        if (!hasMembership) wire.send("CAP REQ :${settings.membershipCapability}")
        wire.send("CAP REQ :twitch.tv/tags")
        wire.send("CAP REQ :twitch.tv/commands")
        account.token?.let { wire.send("PASS oauth:$it") }
        wire.send("NICK ${account.nick}")
        wire.send("USER ${account.nick} 0 * :${account.nick}")
        wire.send("CAP END")
    }

    fun received(attempt: Long, piece: ByteArray) {
        if (attempt != this.attempt || wire == null) return
        heardAt = nanos()
        heardMillis = millis()
        lines.feed(piece) { bytes, from, to -> if (wire != null) line(bytes, from, to) }
    }

    fun ended(attempt: Long, reason: String) {
        if (attempt == this.attempt && state != State.CLOSED) lost(reason, millis())
    }

    /** What time brings. */
    fun tick() {
        val now = nanos()
        val waited = now - stateSince
        when (state) {
            State.CLOSED -> if (size > 0 && now - connectAt >= 0) connect()
            State.CONNECTING -> if (waited > 2 * patience) lost("the chat cannot be reached", millis())
            State.LOGGING_IN -> if (waited > patience) lost("the chat does not answer", millis())
            State.READY -> {
                listen(now)
                if (isReady) join(now)
            }
        }
        forEachRoom { room -> room.answerDue(heardAt, ::ping) }
    }

    /** Says good-bye. */
    fun disconnect() {
        wire?.send("QUIT")
        drop()
        become(State.CLOSED)
        connectAt = nanos()
    }

    private val patience = settings.answerWithin.toNanos()

    private fun connect() {
        attempt++
        become(State.CONNECTING)
        open(this, attempt)
    }

    /** Notices a connection that is dead: nothing after [at] came through it, so nothing after [at] is known. */
    private fun listen(now: Long) {
        val isAsked = pingedAt - heardAt > 0
        when {
            isAsked && now - pingedAt > patience -> lost("the chat is silent", heardMillis)
            !isAsked && now - heardAt > settings.pingAfter.toNanos() -> ping()
        }
    }

    private fun ping() {
        if (pingedAt - heardAt > 0) return
        pingedAt = nanos()
        wire?.send("PING :twitchactors")
    }

    private fun join(now: Long) {
        val time = millis()
        var mayJoin = true
        var lists = LISTS_PER_TICK
        forEachRoom { room ->
            when (room.state) {
                Room.State.WAITING -> if (mayJoin) {
                    mayJoin = budget.take(account)
                    if (mayJoin) {
                        wire?.send("JOIN #${room.streamer}")
                        room.joining()
                    }
                }
                Room.State.JOINING -> if (now - room.stateSince > patience) {
                    settle(room)
                    room.unanswered()
                }
                Room.State.REFUSED -> if (now - room.stateSince > REFUSED_NANOS) room.unanswered()
                Room.State.JOINED -> if (hasMembership && time - room.namesAskedAt >= settings.namesEvery.toMillis() && lists > 0) {
                    lists--
                    wire?.send("NAMES #${room.streamer}")
                    room.namesAsked()
                }
            }
        }
    }

    private fun line(bytes: ByteArray, from: Int, to: Int) {
        if (!message.read(bytes, from, to)) {
            unread++
            return
        }
        when (message.command) {
            IrcCommand.MESSAGE -> wrote()
            IrcCommand.JOIN -> room(0)?.let { if (isOwn()) joined(it) else it.came(sender()) }
            IrcCommand.PART -> room(0)?.let { if (isOwn()) putOut(it) else it.left(sender()) }
            IrcCommand.QUIT -> sender().let { gone -> forEachRoom { it.left(gone) } }
            IrcCommand.KICK -> kicked()
            IrcCommand.NICK -> renamed()
            IrcCommand.NAMES -> names()
            IrcCommand.END_OF_NAMES -> room(1)?.let { if (hasMembership) it.endOfNames() }
            IrcCommand.PING -> wire?.send("PONG :${message.text(message.count - 1)}")
            IrcCommand.CAPABILITIES -> capability()
            IrcCommand.WELCOME -> welcome()
            IrcCommand.NOTICE -> notice()
            IrcCommand.RECONNECT -> reconnect()
            IrcCommand.NICK_REFUSED -> if (state == State.LOGGING_IN) lost("the chat refused the name", millis())
            IrcCommand.ROOM_REFUSED -> room(1)?.let(::refused)
            IrcCommand.OTHER -> Unit
        }
    }

    private fun wrote() {
        val room = room(0) ?: return
        if (message.nickFrom == message.nickTo) return
        messages++
        room.wrote(sender(), message.numberTag(SENT_AT))
    }

    private fun names() {
        if (!hasMembership) return
        // 353 nick = #room :names
        val room = room(2) ?: return
        joined(room)
        room.listing()
        val end = message.to(3)
        var at = message.from(3)
        while (at < end) {
            while (at < end && message.bytes[at] == SPACE) at++
            var from = at
            while (at < end && message.bytes[at] != SPACE) at++
            while (from < at && isRank(message.bytes[from])) from++
            if (from == at) continue
            val isLogin = name.read(message.bytes, from, at)
            if (!isLogin || !name.isSame(own)) room.listed(name.takeIf { isLogin })
        }
    }

    private fun kicked() {
        val room = room(0) ?: return
        val isLogin = name.read(message.bytes, message.from(1), message.to(1))
        if (isLogin && name.isSame(own)) putOut(room) else room.left(name.takeIf { isLogin })
    }

    /** Not on Twitch, where a name lasts longer than a connection. */
    private fun renamed() {
        if (isOwn()) {
            own.read(message.bytes, message.from(0), message.to(0))
            return
        }
        val before = sender()
        val after = channel.takeIf { it.read(message.bytes, message.from(0), message.to(0)) }
        forEachRoom {
            if (before != null && it.has(before)) {
                it.left(before)
                it.came(after)
            }
        }
    }

    private fun joined(room: Room) {
        settle(room)
        room.joined()
    }

    private fun refused(room: Room) {
        if (room.state != Room.State.JOINING) return
        settle(room)
        room.refused()
    }

    /** What [room] was joining with counts no longer as unanswered. */
    private fun settle(room: Room) {
        if (room.state == Room.State.JOINING) budget.settled(account)
    }

    private fun putOut(room: Room) = room.lost("the chat has put us out of its room", millis())

    private fun capability() {
        if (message.isParameter(1, ACK) && settings.membershipCapability in message.text(message.count - 1)) hasMembership = true
    }

    private fun welcome() {
        if (state != State.LOGGING_IN) return
        if (!own.read(message.bytes, message.from(0), message.to(0))) return lost("the chat gave us a name that is no login", millis())
        become(State.READY)
        pingedAt = heardAt
        if (isDegraded) log.warn("chat connection {}: the chat does not tell who comes and goes; only authors of messages are seen", number)
    }

    private fun notice() {
        if (state == State.LOGGING_IN) {
            val text = message.text(message.count - 1)
            if (REFUSALS.any { text.startsWith(it) }) {
                failures = MOST_FAILURES
                lost("the chat refused the login", millis())
            }
        } else {
            room(0)?.let(::refused)
        }
    }

    /** The server is about to go: another one is there at once. */
    private fun reconnect() {
        failures = 0
        lost("the chat asked us to connect anew", millis())
        connectAt = nanos()
    }

    private fun lost(reason: String, at: Long) {
        if (isReady && nanos() - stateSince > settings.backOff.endInclusive.toNanos()) failures = 0
        drop()
        become(State.CLOSED)
        val wait = backOff()
        connectAt = nanos() + wait.toNanos()
        log.info("chat connection {}: {}; the next attempt is in {} ms", number, reason, wait.toMillis())
        forEachRoom { room ->
            settle(room)
            if (room.state != Room.State.REFUSED) room.lost(reason, at)
        }
    }

    private fun backOff(): Duration {
        val doubled = settings.backOff.start.toMillis().toDouble() * (1L shl failures)
        failures = minOf(failures + 1, MOST_FAILURES)
        return Duration.ofMillis((minOf(doubled, settings.backOff.endInclusive.toMillis().toDouble()) * (1 - random() / 2)).toLong())
    }

    private fun drop() {
        wire?.close()
        wire = null
        hasMembership = false
        droppedBefore += lines.dropped
        lines = IrcLines()
    }

    private fun become(next: State) {
        state = next
        stateSince = nanos()
    }

    /** Who the line is from; null when that is no login. */
    private fun sender(): ChatName? = name.takeIf { it.read(message.bytes, message.nickFrom, message.nickTo) }

    private fun isOwn(): Boolean = sender()?.isSame(own) == true

    /** The room that parameter [index] names, if it is one of ours. */
    private fun room(index: Int): Room? {
        val from = message.from(index)
        val to = message.to(index)
        if (from == to || message.bytes[from] != HASH || !channel.read(message.bytes, from + 1, to)) return null
        val id = channel.findIn(places)
        return if (id < 0) null else rooms[id]
    }

    private fun forgetRemoved() {
        val kept = rooms.filterNotNull()
        places.clear()
        rooms.clear()
        size = 0
        kept.forEach { add(it) }
    }

    private companion object {
        val log = LoggerFactory.getLogger(ChatLink::class.java)
        val SENT_AT = "tmi-sent-ts".toByteArray()
        val ACK = "ACK".toByteArray()

        val REFUSALS = listOf("Login ", "Improperly formatted auth", "Invalid NICK")
        const val SPACE = ' '.code.toByte()
        const val HASH = '#'.code.toByte()
        const val LISTS_PER_TICK = 2
        const val SPARE_PLACES = 64
        const val MOST_FAILURES = 10
        const val REFUSED_NANOS = 600_000_000_000L

        /** What precedes a name in a list: founder, protected, operator, half-operator, voice. Twitch has none of these. */
        fun isRank(byte: Byte) = when (byte.toInt().toChar()) {
            '~', '&', '@', '%', '+' -> true
            else -> false
        }
    }
}
