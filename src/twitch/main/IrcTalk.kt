package twitchactors.twitch

import twitchactors.domain.ByteSink
import twitchactors.simulator.Draws
import twitchactors.simulator.SplitMix64
import twitchactors.simulator.World
import java.util.UUID

/** Who says what in a chat: about an eighth of the chatters of a slot write one to three messages. */
internal class IrcTalk(private val world: World, private val accounts: Accounts) {
    /** The messages of a slot in order of time: milliseconds from its beginning, then the number of the author's name. */
    fun messages(moment: Moment, streamer: Int): LongArray {
        val found = ArrayList<Long>()
        moment.day.forEachChatter(streamer, moment.slot) { viewer ->
            val author = moment.day.nameOfViewer(viewer)
            val draw = world.draws.stream(Draws.Purpose.TALKS, author.toLong() shl 20 or streamer.toLong(), moment.number)
            if (draw.below(8) == 0) repeat(1 + draw.below(3)) { found += pack(draw.below(SLOT_MS), author) }
        }
        return found.toLongArray().apply { sort() }
    }

    fun offset(message: Long): Int = (message ushr AUTHOR_BITS).toInt()

    fun author(message: Long): Int = (message and AUTHOR_MASK).toInt()

    /** Appends the line of a message, with tags if the client wants them. */
    fun appendTo(sink: ByteSink, message: Long, streamer: Int, startsAt: Long, tags: Boolean) {
        val author = author(message)
        val draw = SplitMix64(message * 31 + startsAt + streamer)
        if (tags) appendTags(sink, message, streamer, startsAt * 1000, draw)
        prefix(sink, author)
        sink.text(" PRIVMSG #")
        accounts.appendLogin(sink, streamer)
        sink.text(" :")
        sink.text(TEXTS[draw.below(TEXTS.size)])
        sink.text("\r\n")
    }

    /** Appends `:login!login@login.tmi.twitch.tv`. */
    fun prefix(sink: ByteSink, number: Int) {
        sink.ascii(':')
        accounts.appendLogin(sink, number)
        sink.ascii('!')
        accounts.appendLogin(sink, number)
        sink.ascii('@')
        accounts.appendLogin(sink, number)
        sink.text(".tmi.twitch.tv")
    }

    private fun appendTags(sink: ByteSink, message: Long, streamer: Int, startsAtMs: Long, draw: SplitMix64) {
        val author = author(message)
        val operator = accounts.isOperator(author, streamer)
        sink.text("@badge-info=;badges=${if (operator) "moderator/1" else ""};color=${COLOURS[draw.below(COLOURS.size)]};display-name=")
        accounts.appendDisplayName(sink, author)
        sink.text(
            ";emotes=;first-msg=0;flags=;id=${UUID(draw.next(), draw.next())};mod=${if (operator) 1 else 0};returning-chatter=0;room-id=",
        )
        sink.decimal(accounts.id(streamer))
        sink.text(";subscriber=0;tmi-sent-ts=${startsAtMs + offset(message)};turbo=0;user-id=")
        sink.decimal(accounts.id(author))
        sink.text(";user-type=${if (operator) "mod" else ""} ")
    }

    private fun pack(offset: Int, author: Int): Long = (offset.toLong() shl AUTHOR_BITS) or author.toLong()

    private companion object {
        const val SLOT_MS = 300_000
        const val AUTHOR_BITS = 32
        const val AUTHOR_MASK = 0xffffffffL
        val COLOURS = listOf("#FF0000", "#0000FF", "#008000", "#B22222", "#FF7F50", "#9ACD32", "#1E90FF", "")
        val TEXTS = listOf(
            "salut !", "Kappa", "mdr", "GG", "c'était serré :o", "bonsoir à tous", "t'as vu l'événement d'hier ?", "PogChamp PogChamp",
            "+1", "🔥🔥🔥", "quel jeu après ?", "« incroyable »", "lol : #1", "はじめまして", "привет", "jpp 😂", "let's go", "!discord",
        )
    }
}
