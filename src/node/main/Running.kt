package twitchactors.node

import twitchactors.services.Owner
import twitchactors.services.Services
import java.nio.file.Path

/**
 * Services and stores that answer, and a pipeline node that works: in this process when it owns the data folder, else the one of
 * the process that does.
 */
class Running private constructor(val configuration: Configuration, val services: Services, val stores: Stores) : AutoCloseable {
    /** The node of this process; null when another process has one. */
    var node: PipelineNode? = null
        private set

    private fun startNode() {
        if (!services.owner && Owner.read(configuration.data)?.addresses?.containsKey(NODE) == true) return
        val started = PipelineNode.start(configuration, services, stores)
        services.beforeStop { started.close() }
        services.announce(NODE, started.system.address().toString())
        node = started
    }

    override fun close() = services.close()

    companion object {
        private const val NODE = "node"

        /** Starts or finds the services of [data]; with a node when [withNode]. */
        fun start(data: Path, withNode: Boolean): Running {
            val configuration = Configuration.of(data)
            val services = Services.start(configuration.services, data) { System.err.println(it) }
            try {
                val stores = Stores.open(services, configuration)
                services.beforeStop { stores.close() }
                return Running(configuration, services, stores).also { if (withNode) it.startNode() }
            } catch (failure: Throwable) {
                services.close()
                throw failure
            }
        }
    }
}
