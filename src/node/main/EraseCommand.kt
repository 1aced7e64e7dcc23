package twitchactors.node

import com.github.ajalt.clikt.core.Context
import com.github.ajalt.clikt.core.CoreCliktCommand
import com.github.ajalt.clikt.core.UsageError
import com.github.ajalt.clikt.parameters.arguments.argument
import com.github.ajalt.clikt.parameters.arguments.convert
import com.github.ajalt.clikt.parameters.options.default
import com.github.ajalt.clikt.parameters.options.flag
import com.github.ajalt.clikt.parameters.options.option
import com.github.ajalt.clikt.parameters.types.long
import twitchactors.domain.Login
import twitchactors.store.SuppressionKind
import java.time.Duration

/** `erase`: removes a viewer from all that is stored and keeps them out, or shows what there is of them. */
class EraseCommand : CoreCliktCommand(name = "erase") {
    private val login by argument("LOGIN", help = "the viewer's account name")
        .convert { Login.of(it) ?: fail("that is no login: a login is 1 to 25 letters, digits and underscores") }
    private val now by option("--now", help = "write archives and the databases' files anew at once: minutes for each archived day").flag()
    private val prove by option("--prove", help = "change nothing; show what there is of the viewer and when it goes").flag()
    private val data by option("--data", metavar = "DIR", help = "the data folder (default data)").default("data")
    private val timeout by option("--timeout", metavar = "S", help = "seconds to wait at most; what was done is kept").long()

    override fun help(context: Context) = """
        Removes a viewer from all that is stored, and keeps them out.

        Open days drop the viewer, sealed days get a next revision without; sample files and the Parquet of archived days are written again. Archives follow within the hour where a node with the role archive runs, or at once with --now. Works on a running pipeline and after any crash; run again, it goes on. What Kafka has goes with its age; the receipt says what is left until when. With --prove all of it is searched, archives unpacked, and the exit code is 1 when anything but Kafka knows the viewer.

        Examples:
          twitchactors erase somebody
          twitchactors erase somebody --now
          twitchactors erase --prove somebody --data /srv/twitchactors
    """.trimIndent()

    override fun run() {
        if (now && prove) throw UsageError("--now and --prove exclude each other")
        OnPipeline.run(data) { running ->
            Steps().use { steps ->
                val patience = Patience(timeout?.let(Duration::ofSeconds))
                if (prove) {
                    if (ErasureProof(running, login, patience).tell { echo(it) } > 0) throw Ended(Exit.DATA_WRONG)
                } else {
                    erase(running, steps, patience)
                }
            }
        }
    }

    private fun erase(running: Running, steps: Steps, patience: Patience) {
        val done = KeepingOut(running, login, steps, patience).begin(SuppressionKind.ERASED)
        val removal = Removal(running, login, steps, patience).run(now)
        AuditNotes(running, patience).viewer("erase", login, removal.summary(done))
        Receipt.lines(running, done, removal, "erased").forEach { echo(it) }
    }
}
