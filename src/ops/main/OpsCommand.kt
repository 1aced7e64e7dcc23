package twitchactors.ops

import twitchactors.pbm.AskedCommand
import twitchactors.pbm.PaletteArgument
import twitchactors.pbm.PaletteCommand
import java.util.concurrent.CompletableFuture
import java.util.concurrent.Executor
import java.util.concurrent.Executors

/**
 * A command with what it does.
 *
 * @param offers by argument: the values it may have just now, for completion
 * @param defaults by argument: what the command takes where none is given, as it is just now
 * @param answer does it, on a thread that may wait; fails with [twitchactors.domain.BadInput] when nothing was changed
 */
class OpsCommand(
    val about: PaletteCommand,
    private val offers: Map<String, () -> List<String>> = emptyMap(),
    private val defaults: Map<String, () -> String> = emptyMap(),
    val answer: (AskedCommand, Replies) -> Answer,
) {
    /** Begins to ask for what each argument may be offered just now. */
    fun askOffers(): Map<String, CompletableFuture<List<String>>> = offers.mapValues { (_, offer) ->
        CompletableFuture.supplyAsync(offer, THREADS)
    }

    /** The command as it is described, with what is known of [offered] by now. */
    fun described(offered: Map<String, CompletableFuture<List<String>>> = emptyMap()): PaletteCommand = PaletteCommand(
        about.name,
        about.description,
        about.arguments.map { argument -> argument.asItIs(offered[argument.name]?.let(::known) ?: argument.values) },
        about.question,
        about.goesOn,
        about.examples,
    )

    private fun known(values: CompletableFuture<List<String>>): List<String> =
        if (values.isDone && !values.isCompletedExceptionally) values.join().take(MOST_OFFERED) else emptyList()

    /** One that is not known just now, as of a node without a cluster, is left out. */
    private fun default(argument: PaletteArgument): String? =
        defaults[argument.name]?.let { runCatching(it).getOrNull() } ?: argument.default

    private fun PaletteArgument.asItIs(values: List<String>) =
        PaletteArgument(name, description, switches, isMandatory, isFlag, default(this), values, isPersonal)

    private companion object {
        const val MOST_OFFERED = 200
        val THREADS: Executor = Executors.newCachedThreadPool { Thread(it, "ops-offers").apply { isDaemon = true } }
    }
}
