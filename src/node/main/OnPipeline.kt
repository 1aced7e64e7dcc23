package twitchactors.node

import twitchactors.domain.BadInput
import java.nio.file.Files
import java.nio.file.Path

/** Runs work on the pipeline of a data folder. */
object OnPipeline {
    /**
     * Gives [work] the services and a node that works, here or in the process that owns [data]; again from the beginning when that
     * process ends meanwhile, so the work must do no harm when it is repeated.
     *
     * @param roles of the node; none where the work needs only services
     * @param settings that count more than those of files and environment
     * @param mayBeNew whether a folder that is absent is made; else it is bad input
     */
    fun <T> run(
        data: String,
        roles: Set<NodeRole> = setOf(NodeRole.PROFILE),
        mayBeNew: Boolean = false,
        settings: Map<String, Any> = emptyMap(),
        work: (Running) -> T,
    ): T {
        val folder = Path.of(data)
        if (!mayBeNew && !Files.isDirectory(folder)) throw BadInput("$data: there is no such data folder; name it with --data")
        while (true) {
            try {
                return Running.start(Configuration.of(folder, roles, settings = settings)).use { running ->
                    running.whileOwned { work(running) }
                }
            } catch (gone: OwnerGone) {
                System.err.println("twitchactors: ${gone.message}; starting again with services of this one")
            }
        }
    }
}
