package twitchactors.node

import com.github.ajalt.clikt.core.Context
import com.github.ajalt.clikt.core.CoreCliktCommand
import com.github.ajalt.clikt.parameters.options.default
import com.github.ajalt.clikt.parameters.options.option
import com.github.ajalt.clikt.parameters.types.int
import twitchactors.sources.TwitchCredentials
import java.nio.file.Path

/** `run`: a node with all roles on this machine, which collects from Twitch and shows the pages. */
class RunCommand : CoreCliktCommand(name = "run") {
    private val port by option("--port", metavar = "P", help = "the port of the page (default 8501)").int()
    private val data by option("--data", metavar = "DIR", help = "the data folder (default data)").default("data")

    override fun help(context: Context) = """
        Collects from Twitch on this machine, and shows what arrives.

        Credentials come from the environment: TWITCHACTORS_TWITCH_CLIENT_ID and TWITCHACTORS_TWITCH_CLIENT_SECRET. Without them it does what needs none, and says what each would add. TWITCHACTORS_SIMULATION_TWITCH names a simulated Twitch to collect from instead. Ctrl-C ends it; started again on the same data it goes on.

        Examples:
          TWITCHACTORS_TWITCH_CLIENT_ID=.. TWITCHACTORS_TWITCH_CLIENT_SECRET_FILE=secret twitchactors run
          TWITCHACTORS_COLLECT_PINNED=zerator,kameto twitchactors run
          TWITCHACTORS_SIMULATION_TWITCH=http://127.0.0.1:8503 twitchactors run
    """.trimIndent()

    override fun run() {
        val configuration = Configuration.of(Path.of(data), Configuration.wantedRoles())
        Running.start(configuration).use { running ->
            running.requireNode()
            UntilInterrupted.run {
                tellWhatIsMissing(running)
                OpsPart.start(running)
                val pages = OpenPages.start(running, PageAccounts(configuration.data), port)
                val (name, password) = pages.accounts.admin()
                println("login admin $name $password")
                pages.tellReady()
                while (!running.hasLeft) {
                    running.tend()
                    UntilInterrupted.pause()
                }
            }
        }
    }

    private fun tellWhatIsMissing(running: Running) {
        val sources = running.configuration.sources
        val authorized = if (sources.twitch.hasCredentials) running.stores.userTokens.all().count { !it.isWithdrawn } else null
        TwitchCredentials.missing(sources.twitch, authorized).forEach { System.err.println(it) }
        if (!sources.twitch.hasCredentials && running.configuration.collect.pinned.isEmpty()) {
            System.err.println(
                "Nothing is collected: without credentials only the chats of pinned streamers can be followed. Name some by " +
                    "TWITCHACTORS_COLLECT_PINNED=login,login.",
            )
        }
    }
}
