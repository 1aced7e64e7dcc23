package twitchactors.node

import com.github.ajalt.clikt.core.Context
import com.github.ajalt.clikt.core.CoreCliktCommand
import com.github.ajalt.clikt.parameters.arguments.argument
import com.github.ajalt.clikt.parameters.arguments.convert
import com.github.ajalt.clikt.parameters.options.default
import com.github.ajalt.clikt.parameters.options.flag
import com.github.ajalt.clikt.parameters.options.option
import twitchactors.analyser.ViewerFigures
import twitchactors.domain.BadInput
import twitchactors.domain.Login
import java.nio.file.Files
import java.nio.file.Path
import java.util.Locale

/** `viewer`: what all sealed days together say of one viewer. */
class ViewerCommand : CoreCliktCommand(name = "viewer") {
    private val login by argument("LOGIN", help = "the viewer's account name")
        .convert { Login.of(it) ?: fail("that is no login: a login is 1 to 25 letters, digits and underscores") }
    private val data by option("--data", metavar = "DIR", help = "the data folder (default data)").default("data")
    private val json by option("--json", help = "print all figures as one JSON document").flag()

    override fun help(context: Context) = """
        Shows what all sealed days together say of one viewer: when they are there, with whom, and whether they look like a bot.

        For the operator's eyes: whoever is named here can ask to be erased. Being seen in a chat is no proof of watching.

        Examples:
          twitchactors viewer somebody
          twitchactors viewer somebody --data /srv/twitchactors --json
    """.trimIndent()

    override fun run() {
        if (!Files.isDirectory(Path.of(data))) throw BadInput("$data: there is no such data folder; name it with --data")
        Running.start(Path.of(data), emptySet()).use { running ->
            val known = KnownViewers(running.stores)
            known.bringIn()
            val figures = known.of(login) ?: throw BadInput("that viewer was seen on no sealed day")
            if (json) echo("${ViewerDocument.of(login, figures)}") else print(figures)
        }
    }

    private fun print(figures: ViewerFigures) {
        val between = "${figures.firstSeen} to ${figures.lastSeen}"
        echo("seen on ${figures.days} days, $between, ${hours(figures.minutes)} hours; as of ${figures.asOf}")
        echo("days in a row: now ${figures.streak.current}, at most ${figures.streak.longest}")
        echo("bot score ${figures.bot.score}" + figures.bot.reasons.joinToString("") { ", ${it.name.lowercase()}" })
        list("most in the chats of", figures.streamers.take(SHOWN).associate { it.what.name to it.minutes })
        list("and while these were played", figures.games.take(SHOWN).associate { it.what to it.minutes })
    }

    private fun list(title: String, minutes: Map<String, Int>) {
        val width = minutes.keys.maxOfOrNull { it.length } ?: return
        echo(title)
        minutes.forEach { (what, of) -> echo("  %s %9s hours".format(Locale.ROOT, what.padEnd(width), hours(of))) }
    }

    private fun hours(minutes: Int) = "%,.1f".format(Locale.ROOT, minutes / MINUTES_PER_HOUR)

    private companion object {
        const val SHOWN = 5
        const val MINUTES_PER_HOUR = 60.0
    }
}
