package twitchactors.node

import com.github.ajalt.clikt.core.Context
import com.github.ajalt.clikt.core.CoreCliktCommand
import com.github.ajalt.clikt.parameters.arguments.argument
import com.github.ajalt.clikt.parameters.arguments.convert
import com.github.ajalt.clikt.parameters.arguments.optional
import com.github.ajalt.clikt.parameters.options.default
import com.github.ajalt.clikt.parameters.options.flag
import com.github.ajalt.clikt.parameters.options.option
import com.github.ajalt.clikt.parameters.types.int
import com.github.ajalt.clikt.parameters.types.restrictTo
import kotlinx.serialization.json.add
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray
import twitchactors.domain.Login
import twitchactors.store.AuditEntry

/** `audit`: who did what when to what is stored. */
class AuditCommand : CoreCliktCommand(name = "audit") {
    private val login by argument("LOGIN", help = "only what was done to this viewer").convert {
        Login.of(it) ?: fail("that is no login: a login is 1 to 25 letters, digits and underscores")
    }.optional()
    private val last by option("--last", metavar = "N", help = "so many lines at most (default 100)").int().restrictTo(min = 1).default(100)
    private val data by option("--data", metavar = "DIR", help = "the data folder (default data)").default("data")
    private val json by option("--json", help = "print the lines as one JSON document").flag()

    override fun help(context: Context) = """
        Shows who did what when.

        Erasures and opt-outs, dead letters replayed, every command of pbm, and what went because it was old enough; the latest first. Viewers have pseudonyms there. With LOGIN only the lines about that viewer, whose name is not stored.

        Examples:
          twitchactors audit
          twitchactors audit somebody
          twitchactors audit --last 10 --json
    """.trimIndent()

    override fun run() {
        val entries = OnPipeline.run(data, roles = emptySet()) { running ->
            running.stores.audit.latest(last, login?.let(running.stores.suppressions::pseudonym))
        }
        if (json) {
            echo(buildJsonObject { putJsonArray("entries") { entries.forEach { add(document(it)) } } })
        } else {
            entries.forEach { echo("${it.at}  ${it.who}  ${it.action}  ${it.subject}  ${it.detail}".trimEnd()) }
            if (entries.isEmpty()) echo("nothing was noted yet")
        }
    }

    private fun document(entry: AuditEntry) = buildJsonObject {
        put("at", entry.at.toString())
        put("who", entry.who)
        put("action", entry.action)
        put("subject", entry.subject)
        put("detail", entry.detail)
    }
}
