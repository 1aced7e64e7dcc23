package twitchactors.twitch

import twitchactors.domain.Login

/**
 * One connection to the chat, as a state that lines and ticks move on: first capabilities and a login, then rooms. Not safe for several
 * threads; its stream calls it one after the other.
 *
 * @param clock simulated milliseconds since 1970
 * @param nanos a monotonic clock in real time, for PINGs
 */
internal class IrcSession(
    private val settings: SimulatedTwitchSettings,
    private val accounts: Accounts,
    private val tokens: Tokens,
    private val limits: IrcLimits,
    private val talk: IrcTalk,
    private val faults: Faults,
    private val served: ServedLog,
    private val counts: Counts,
    private val clock: () -> Long,
    private val nanos: () -> Long,
) {
    private val capabilities = HashSet<String>()
    private val rooms = LinkedHashMap<String, IrcRoom>()
    private var password: String? = null
    private var nick: String? = null
    private var slot = -1
    private var pingAt = nanos() + settings.chat.pingEvery.toNanos()
    private var unanswered = 0
    private var endsAt = Long.MAX_VALUE

    init {
        counts.ircConnections.increment()
    }

    /** Answers a line of the client. */
    fun line(text: String, now: Moment): List<IrcBatch> {
        val line = IrcLine.parse(text) ?: return emptyList()
        return when (line.command) {
            "CAP" -> capabilities(line)
            "PASS" -> emptyList<IrcBatch>().also { password = line.parameter(0) }
            "NICK" -> logIn(line.parameter(0).lowercase())
            "PING" -> listOf(IrcBatch.of(":tmi.twitch.tv PONG tmi.twitch.tv :${line.parameters.lastOrNull().orEmpty()}"))
            "PONG" -> emptyList<IrcBatch>().also { unanswered = 0 }
            "QUIT" -> listOf(IrcBatch.of(ends = true))
            "USER" -> emptyList()
            else -> nick?.let { inside(line, it, now) }.orEmpty()
        }
    }

    /** What time brings: who came and went, messages, PINGs. */
    fun tick(now: Moment): List<IrcBatch> {
        val passed = nanos()
        if (passed >= endsAt) return listOf(IrcBatch.of(ends = true))
        val batches = ArrayList<IrcBatch>()
        if (passed >= pingAt) {
            pingAt = passed + settings.chat.pingEvery.toNanos()
            if (unanswered++ >= UNANSWERED) {
                counts.ircUnanswered.increment()
                return listOf(IrcBatch.of(ends = true))
            }
            batches += IrcBatch.of("PING :tmi.twitch.tv")
        }
        val begins = now.number != slot
        if (begins && slot >= 0 && nick != null) faulty()?.let { return batches + it }
        slot = now.number
        val millis = clock() - now.startsAt * 1000
        for (room in rooms.values) {
            if (begins && MEMBERSHIP in capabilities) room.changes(now)?.let { batches += it }
            room.messages(now, millis, TAGS in capabilities)?.let { batches += it }
        }
        return batches
    }

    /** The connection is gone. */
    fun end() {
        nick?.let { limits.left(it, rooms.size) }
        rooms.clear()
    }

    private fun faulty(): IrcBatch? {
        if (faults.hits(FaultKind.IRC_DISCONNECT, IrcServer.PATH) { rooms.keys } != null) return IrcBatch.of(ends = true)
        if (faults.hits(FaultKind.IRC_RECONNECT, IrcServer.PATH) { rooms.keys } == null) return null
        endsAt = nanos() + RECONNECT_GRACE_NANOS
        return IrcBatch.of(":tmi.twitch.tv RECONNECT")
    }

    private fun capabilities(line: IrcLine): List<IrcBatch> = when (line.parameter(0).uppercase()) {
        "LS" -> listOf(IrcBatch.of(":tmi.twitch.tv CAP * LS :${KNOWN.joinToString(" ")}"))
        "REQ" -> {
            val wanted = line.parameters.drop(1).flatMap { it.split(' ') }.filter { it.isNotEmpty() }
            val refused = wanted.any { it !in KNOWN } || faults.hits(FaultKind.IRC_NO_CAPABILITY, IrcServer.PATH) { rooms.keys } != null
            if (!refused) capabilities += wanted
            listOf(IrcBatch.of(":tmi.twitch.tv CAP * ${if (refused) "NAK" else "ACK"} :${wanted.joinToString(" ")}"))
        }
        else -> emptyList()
    }

    private fun logIn(wanted: String): List<IrcBatch> {
        if (nick != null) return emptyList()
        val name = if (ANONYMOUS.matches(wanted)) wanted else granted()
        counts.ircLogins.increment()
        val refusal = when {
            name == null -> if (password?.startsWith(OAUTH) == true) "Login authentication failed" else "Improperly formatted auth"
            !limits.mayLogIn(name) -> "Login unsuccessful"
            else -> null
        }
        if (name == null || refusal != null) {
            counts.ircLoginsRefused.increment()
            return listOf(IrcBatch.of(":tmi.twitch.tv NOTICE * :$refusal", ends = true))
        }
        nick = name
        val welcome =
            arrayOf("001 $name :Welcome, GLHF!", "002 $name :Your host is tmi.twitch.tv", "003 $name :This server is rather new") +
                arrayOf("004 $name :-", "375 $name :-", "372 $name :SIMULATED: this is not Twitch.", "376 $name :>")
        return listOf(IrcBatch.of(*Array(welcome.size) { ":tmi.twitch.tv ${welcome[it]}" }))
    }

    /** The account of the token that was given as a password. Its login is the nick, whatever NICK says. */
    private fun granted(): String? {
        val token = password?.takeIf { it.startsWith(OAUTH) }?.let { tokens.find(it.removePrefix(OAUTH)) }
        return token?.takeIf { CHAT_READ in it.scopes }?.user?.let { accounts.login(it) }
    }

    private fun inside(line: IrcLine, nick: String, now: Moment): List<IrcBatch> {
        val names = line.parameter(0).split(',').filter { it.startsWith("#") }.map { it.drop(1).lowercase() }
        return when (line.command) {
            "JOIN" -> names.flatMap { join(it, nick, now) }
            "PART" -> names.flatMap { part(it, nick) }
            "NAMES" -> names.mapNotNull { name -> rooms[name]?.names(now, nick, MEMBERSHIP in capabilities) }
            // Messages of clients go nowhere: nobody here would read them.
            "PRIVMSG" -> emptyList()
            else -> listOf(IrcBatch.of(":tmi.twitch.tv 421 $nick ${line.command} :Unknown command"))
        }
    }

    private fun join(name: String, nick: String, now: Moment): List<IrcBatch> {
        if (name in rooms) return emptyList()
        counts.ircJoins.increment()
        if (!limits.mayJoin(nick)) {
            counts.ircJoinsRefused.increment()
            return emptyList()
        }
        val streamer = Login.of(name)?.let { accounts.numberOf(it.name) }?.takeIf { accounts.isStreamer(it) }
        if (streamer == null || faults.hits(FaultKind.MISSING_STREAMER, IrcServer.PATH) { listOf(name) } != null) {
            limits.left(nick, 1)
            val tags = if (TAGS in capabilities) "@msg-id=msg_channel_suspended " else ""
            return listOf(IrcBatch.of("$tags:tmi.twitch.tv NOTICE #$name :This channel does not exist or has been suspended."))
        }
        val room = IrcRoom(streamer, name, accounts, talk, served)
        room.enter(now, clock() - now.startsAt * 1000)
        rooms[name] = room
        // A room entered before the first tick of a slot has been told who is there in it.
        if (rooms.size == 1) slot = now.number
        val state = if (COMMANDS in capabilities && TAGS in capabilities) arrayOf(roomState(streamer, name)) else emptyArray()
        val echo = IrcBatch.of(":$nick!$nick@$nick.tmi.twitch.tv JOIN #$name", *state)
        return listOf(echo, room.names(now, nick, MEMBERSHIP in capabilities))
    }

    private fun roomState(streamer: Int, name: String) =
        "@emote-only=0;followers-only=-1;r9k=0;room-id=${accounts.id(streamer)};slow=0;subs-only=0 :tmi.twitch.tv ROOMSTATE #$name"

    private fun part(name: String, nick: String): List<IrcBatch> {
        rooms.remove(name) ?: return emptyList()
        limits.left(nick, 1)
        return listOf(IrcBatch.of(":$nick!$nick@$nick.tmi.twitch.tv PART #$name"))
    }

    companion object {
        private const val MEMBERSHIP = "twitch.tv/membership"
        private const val TAGS = "twitch.tv/tags"
        private const val COMMANDS = "twitch.tv/commands"
        private val KNOWN = listOf(COMMANDS, MEMBERSHIP, TAGS)
        private const val OAUTH = "oauth:"
        private const val CHAT_READ = "chat:read"
        private val ANONYMOUS = Regex("justinfan[0-9]+")
        private const val UNANSWERED = 2
        private const val RECONNECT_GRACE_NANOS = 2_000_000_000L
    }
}
