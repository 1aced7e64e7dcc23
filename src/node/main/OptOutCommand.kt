package twitchactors.node

import com.github.ajalt.clikt.core.Context
import com.github.ajalt.clikt.core.CoreCliktCommand
import com.github.ajalt.clikt.parameters.arguments.argument
import com.github.ajalt.clikt.parameters.arguments.convert
import com.github.ajalt.clikt.parameters.options.default
import com.github.ajalt.clikt.parameters.options.flag
import com.github.ajalt.clikt.parameters.options.option
import com.github.ajalt.clikt.parameters.types.long
import twitchactors.domain.BadInput
import twitchactors.domain.Login
import twitchactors.store.SuppressionKind
import java.time.Duration

/** `optout`: keeps out a viewer who does not want to be tracked, or lets them in again. */
class OptOutCommand : CoreCliktCommand(name = "optout") {
    private val login by argument("LOGIN", help = "the viewer's account name")
        .convert { Login.of(it) ?: fail("that is no login: a login is 1 to 25 letters, digits and underscores") }
    private val lift by option("--lift", help = "let the viewer in again: known from now on, what was removed stays removed").flag()
    private val data by option("--data", metavar = "DIR", help = "the data folder (default data)").default("data")
    private val timeout by option("--timeout", metavar = "S", help = "seconds to wait at most; what was done is kept").long()

    override fun help(context: Context) = """
        Keeps out a viewer who has asked for it.

        Removes what is stored of them, as erase does, and notes that they opted out. --lift takes them off the list.

        Examples:
          twitchactors optout somebody
          twitchactors optout somebody --lift
    """.trimIndent()

    override fun run() = OnPipeline.run(data) { running ->
        Steps().use { steps ->
            val patience = Patience(timeout?.let(Duration::ofSeconds))
            val keeping = KeepingOut(running, login, steps, patience)
            val audit = AuditNotes(running, patience)
            if (lift) {
                lift(running, keeping, audit)
            } else {
                optOut(running, keeping, Removal(running, login, steps, patience), audit)
            }
        }
    }

    private fun optOut(running: Running, keeping: KeepingOut, removal: Removal, audit: AuditNotes) {
        val done = keeping.begin(SuppressionKind.OPTED_OUT)
        val removed = removal.run(now = false)
        audit.viewer("optout", login, removed.summary(done))
        Receipt.lines(running, done, removed, "opted out").forEach { echo(it) }
    }

    private fun lift(running: Running, keeping: KeepingOut, audit: AuditNotes) {
        if (running.stores.suppressions.kind(login) == SuppressionKind.ERASED) {
            throw BadInput("the viewer was erased, not only opted out; that is not lifted")
        }
        val isLifted = keeping.lift()
        if (isLifted) audit.viewer("lift", login)
        echo(if (isLifted) "the viewer is known again from now on" else "the viewer was not on the list; nothing was changed")
    }
}
