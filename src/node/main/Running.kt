package twitchactors.node

import twitchactors.domain.BadInput
import twitchactors.services.Health
import twitchactors.services.ServiceUnavailable
import twitchactors.services.Services
import java.nio.file.Path
import java.time.Duration
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit

/**
 * Services and stores that answer, and a pipeline node that works: in this process when it owns the data folder, else the one of
 * the process that does.
 */
class Running private constructor(configuration: Configuration, val services: Services, val stores: Stores) : AutoCloseable {
    var configuration = configuration
        private set

    /** The node of this process; null when another process has one. */
    @Volatile
    var node: PipelineNode? = null
        private set

    /** True when its node was asked to leave the cluster and has done so: then it is not to come back. */
    val hasLeft: Boolean get() = node?.hasLeft == true

    /** Those whom a node that is shut out joins again: another cluster of its own would take the partitions from theirs. */
    private var others = emptyList<String>()

    @Volatile
    private var nodeLock: NodeLock? = null

    /** True once its services are about to stop: a node that ends then is not shut out of anything. */
    @Volatile
    private var isEnding = false

    init {
        services.beforeStop {
            isEnding = true
            node?.close()
            nodeLock?.close()
        }
    }

    /**
     * Sees to it that there is a pipeline node: here, when no other process has one any more, and again when the one that was here
     * has been shut out of its cluster. To be called now and then by who waits for the pipeline.
     *
     * @throws OwnerGone when the services that are used here are gone with the process that ran them
     * @throws ServiceUnavailable when this process cannot go on, as while this machine's clock is off; ending hands over what its node has
     */
    @Synchronized
    fun tend() {
        if (isEnding || hasLeft) return
        if (services.ownerIsGone) throw OwnerGone()
        services.failure?.let { throw ServiceUnavailable("$it; start this program again: it goes on where it was") }
        val there = node
        there?.trouble?.let { throw ServiceUnavailable(it) }
        when {
            there == null -> startNode()
            there.isShutOut -> {
                System.err.println("this node did not answer the others for too long and was shut out of the cluster; it joins it again")
                leave(there)
                startNode()
            }
            // One that is being shut out knows nobody any more.
            else -> others = there.others().ifEmpty { others }
        }
    }

    /** The node of this process, for what cannot wait until it is there. */
    fun nodeNow(): PipelineNode = node?.takeIf { !it.isShutOut }
        ?: throw ServiceUnavailable("this node is not in a cluster just now; ask again in some seconds")

    /** @throws BadInput when this process has no node, for a command that cannot do with that of another one */
    fun requireNode() {
        if (node == null) {
            throw BadInput("${configuration.data} is in use by another process with a node; end it, or name another folder by --data")
        }
    }

    /** Starts a node by [configuration], on the services and stores that are there. */
    fun begin(configuration: Configuration) {
        this.configuration = configuration
        startNode()
    }

    private fun leave(there: PipelineNode) {
        node = null
        there.close()
        nodeLock?.close()
        nodeLock = null
    }

    /** Does [work]; a failure that comes from services that are gone with the process that ran them is an [OwnerGone]. */
    fun <T> whileOwned(work: () -> T): T = try {
        work()
    } catch (expected: Ended) {
        throw expected
    } catch (expected: BadInput) {
        throw expected
    } catch (failure: Exception) {
        throw if (losesOwner()) OwnerGone() else failure
    }

    private fun losesOwner(): Boolean {
        val deadline = System.nanoTime() + OWNER_ENDS_WITHIN.toNanos()
        while (!services.owner && !services.ownerIsGone && !services.answer() && System.nanoTime() < deadline) {
            CountDownLatch(1).await(ASK_EVERY_MS, TimeUnit.MILLISECONDS)
        }
        return services.ownerIsGone
    }

    private fun Services.answer() = health().values.all { it is Health.Up }

    private fun startNode() {
        if (!configuration.joinsCluster) nodeLock = NodeLock.take(configuration.data) ?: return
        try {
            services.stopAtExit()
        } catch (_: IllegalStateException) {
            // The process is ending, and nothing is to begin.
            CountDownLatch(1).await()
        }
        val joinsAgain = !configuration.joinsCluster && others.isNotEmpty()
        val started = PipelineNode.start(if (joinsAgain) configuration.joiningAgain(others) else configuration, services, stores)
        // When they are gone, too, it begins a cluster of its own the next time.
        others = emptyList()
        services.announce(NODE, started.address)
        node = started
    }

    override fun close() {
        node?.takeIf { it.isStuck }?.let {
            it.report()
            LastResort.after(ENDS_WITHIN, if (it.hasLeft) Exit.DONE else Exit.NO_SERVICE, it.trouble.orEmpty())
        }
        services.close()
    }

    companion object {
        private const val NODE = "node"
        private const val ASK_EVERY_MS = 100L
        private val ENDS_WITHIN: Duration = Duration.ofSeconds(30)
        private val OWNER_ENDS_WITHIN: Duration = Duration.ofSeconds(30)

        /** Starts or finds the services of [data]; with a node when there are [roles] for it. */
        fun start(data: Path, roles: Set<NodeRole>): Running = start(Configuration.of(data, roles))

        /** The same as [configuration] says. */
        fun start(configuration: Configuration): Running {
            val data = configuration.data
            val services = Services.start(configuration.services, data) { System.err.println(it) }
            try {
                val stores = Stores.open(services, configuration)
                services.beforeStop { stores.close() }
                return Running(configuration, services, stores).also { if (configuration.roles.isNotEmpty()) it.startNode() }
            } catch (failure: Throwable) {
                val gone = services.ownerIsGone
                services.close()
                throw if (gone) OwnerGone() else failure
            }
        }
    }
}
