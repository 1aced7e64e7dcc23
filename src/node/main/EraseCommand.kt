package twitchactors.node

import com.github.ajalt.clikt.core.Context
import com.github.ajalt.clikt.core.CoreCliktCommand
import com.github.ajalt.clikt.parameters.arguments.argument
import com.github.ajalt.clikt.parameters.arguments.convert
import com.github.ajalt.clikt.parameters.options.default
import com.github.ajalt.clikt.parameters.options.flag
import com.github.ajalt.clikt.parameters.options.option
import com.github.ajalt.clikt.parameters.types.long
import twitchactors.domain.Login
import twitchactors.profile.ViewerPartition
import twitchactors.store.SuppressionKind
import java.time.Duration
import java.util.concurrent.ExecutionException

/** `erase`: removes a viewer from all that is stored and keeps them out, or shows what there is of them. */
class EraseCommand : CoreCliktCommand(name = "erase") {
    private val login by argument("LOGIN", help = "the viewer's account name")
        .convert { Login.of(it) ?: fail("that is no login: a login is 1 to 25 letters, digits and underscores") }
    private val prove by option("--prove", help = "change nothing; show what there is of the viewer and when it goes").flag()
    private val data by option("--data", metavar = "DIR", help = "the data folder (default data)").default("data")
    private val timeout by option("--timeout", metavar = "S", help = "seconds to wait at most; what was done is kept").long()

    override fun help(context: Context) = """
        Removes a viewer from all that is stored, and keeps them out.

        Open days drop the viewer, sealed days get a next revision without. Works on a running pipeline and after any crash; run again, it goes on. What Kafka has goes with its age; the receipt says when. Sample files that are written already are not changed. With --prove the exit code is 1 when the databases or sample files know the viewer.

        Examples:
          twitchactors erase somebody
          twitchactors erase --prove somebody --data /srv/twitchactors
    """.trimIndent()

    override fun run() = OnPipeline.run(data) { running ->
        Steps().use { steps ->
            val patience = Patience(timeout?.let(Duration::ofSeconds))
            if (prove) Proof(running, patience).show() else erase(running, steps, patience)
        }
    }

    private fun erase(running: Running, steps: Steps, patience: Patience) {
        val done = KeepingOut(running, login, steps, patience).begin(SuppressionKind.ERASED)
        Receipt.lines(running, done, "erased").forEach { echo(it) }
    }

    /** Shows where the viewer is known. */
    private inner class Proof(private val running: Running, private val patience: Patience) {
        fun show() {
            val kind = running.stores.suppressions.kind(login)
            echo(
                when (kind) {
                    SuppressionKind.ERASED -> "the viewer is erased and kept out"
                    SuppressionKind.OPTED_OUT -> "the viewer has opted out and is kept out"
                    null -> "the viewer is not kept out"
                },
            )
            val profile = profile()
            val traces = ViewerTraces.of(running.stores, login)
            if (traces.places.isEmpty()) echo("the databases know nothing of the viewer")
            for ((place, days) in traces.places) echo("in $place: ${days.joinToString()}")
            if (profile == null) {
                echo("the partition runs in another process and was not asked; its last checkpoint was searched")
            } else if (profile.days.isEmpty()) {
                echo("the running partition knows nothing of the viewer")
            } else {
                for ((day, streamers) in profile.days) {
                    echo("in the running partition, $day: ${streamers.entries.joinToString { "${it.key} in slots ${it.value}" }}")
                }
            }
            if (traces.places.isNotEmpty() || !profile?.days.isNullOrEmpty()) {
                echo(
                    if (kind ==
                        null
                    ) {
                        "this stays until 'erase' or 'optout' removes it"
                    } else {
                        "this goes as soon as the pipeline runs: run 'erase' again"
                    },
                )
            }
            echo("in Kafka, which is not searched:")
            KafkaRemains.lines(running.services.kafka).forEach { echo("  $it") }
            val files = tellFiles()
            if (traces.places.isNotEmpty() || !profile?.days.isNullOrEmpty() || files > 0) throw Ended(Exit.DATA_WRONG)
        }

        /** Tells which sample files name the viewer, and how many. */
        private fun tellFiles(): Int {
            val folder = running.configuration.data.resolve("samples")
            val files = SampleFileTraces.of(folder, login)
            if (files.isEmpty()) {
                echo("no sample file of this data folder names the viewer")
            } else {
                echo("${files.size} sample files name the viewer and stay until you remove them, the first is ${files.first()}")
            }
            return files.size
        }

        /** What the partition knows now; null when this process has no node. */
        private fun profile(): ViewerPartition.Profile? {
            val node = running.node ?: return null
            var profile: ViewerPartition.Profile? = null
            patience.until("the viewer's partition to answer") {
                profile = try {
                    node.profileOf(login).toCompletableFuture().get()
                } catch (_: ExecutionException) {
                    null
                }
                profile != null
            }
            return profile
        }
    }
}
