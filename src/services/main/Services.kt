package twitchactors.services

import com.mongodb.client.MongoClients
import org.bson.Document
import java.nio.file.Path
import java.time.Duration
import java.util.concurrent.CountDownLatch
import java.util.concurrent.atomic.AtomicBoolean

/**
 * What the rest of the program is given: where Kafka, MariaDB and the document database are, and whether they answer. Each is
 * external by configuration, or embedded below a data folder. The first process of a folder owns it, runs the embedded ones and
 * stops them at its exit; a later one uses them.
 */
class Services private constructor(
    val kafka: KafkaEndpoint,
    val mariaDb: MariaDbEndpoint,
    val mongo: MongoEndpoint,
    private val watch: HealthWatch,
    private val embedded: EmbeddedServices?,
    private val mongoIsEmbedded: Boolean,
    private val logs: ServiceLogs,
    private val ownedBy: () -> Boolean,
) : AutoCloseable {
    private val closed = AtomicBoolean()
    private val beforeStop = ArrayDeque<() -> Unit>()
    private val atExit = Thread(::stop, "services-exit")
    private val stopsAtExit = AtomicBoolean()

    /** True when this process runs the embedded services of the data folder. */
    val owner: Boolean get() = embedded != null

    /** True when the process is gone whose embedded services are used here: then these never answer again. */
    val ownerIsGone: Boolean get() = !ownedBy()

    /** Why a service that runs in this process will never answer again there; null while all may. */
    val failure: String? get() = embedded?.failure

    /** The process id of the embedded MariaDB that this process runs; null when it runs none just now. */
    val mariaDbPid: Long? get() = embedded?.mariaDb?.pid

    /** By name (`kafka`, `mariadb`, `mongo`): whether it answers, as of at most a few seconds ago. Costs nothing. */
    fun health(): Map<String, Health> = watch.health()

    /**
     * After this, all that the document database had answered for is on disk. The embedded one needs it before a seal counts;
     * an external one has its journal, so there this does nothing.
     */
    fun makeDurable() {
        val server = embedded?.mongo
        when {
            server != null -> server.makeDurable()
            mongoIsEmbedded -> MongoClients.create(mongo.uri).use { it.getDatabase("admin").runCommand(Document("fsync", 1)) }
        }
    }

    /**
     * After this, the embedded document database's file holds no byte of what was removed from it. Rewrites the whole store. False: the
     * database is an external one, whose own files are its operator's.
     */
    fun forgetRemovedDocuments(): Boolean {
        val server = embedded?.mongo
        when {
            server != null -> server.forgetRemoved()
            mongoIsEmbedded -> MongoClients.create(mongo.uri).use {
                it.getDatabase(mongo.database).runCommand(Document("compact", "viewer_days"))
            }
        }
        return mongoIsEmbedded
    }

    /** Tells other processes of the data folder that [name] of this one is at [address] (host:port). Nothing unless [owner]. */
    fun announce(name: String, address: String) {
        embedded?.folder?.announce(mapOf(name to address))
    }

    /** [action] runs before the services stop, after [stopAtExit] also when the process is asked to end; the last one added runs first. */
    fun beforeStop(action: () -> Unit) = synchronized(beforeStop) { beforeStop.addFirst(action) }

    /**
     * From now on what was told to [beforeStop] is done when the process is asked to end (TERM, Ctrl-C), too.
     *
     * @throws IllegalStateException when it is ending already
     */
    fun stopAtExit() {
        if (stopsAtExit.compareAndSet(false, true)) Runtime.getRuntime().addShutdownHook(atExit)
    }

    /** Stops what this process runs, within 10 s after the actions of [beforeStop]. Nothing of it is left behind. */
    override fun close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit)
        } catch (_: IllegalStateException) {
            // The process is ending: the hook itself is closing, or will find it done.
        }
        stop()
    }

    private fun stop() {
        if (!closed.compareAndSet(false, true)) return
        embedded?.folder?.ending()
        synchronized(beforeStop) { beforeStop.toList() }.forEach { it.runCatching { invoke() } }
        watch.close()
        embedded?.close()
        embedded?.folder?.close()
        logs.close()
    }

    companion object {
        /** How long services that run elsewhere may take for their first answers, all together. */
        private val FIRST_ANSWER = Duration.ofSeconds(20)

        /**
         * Starts or finds all three services; they answer when this returns.
         *
         * @param data the data folder of the embedded ones; made when it is absent
         * @param progress given a line when something takes longer than a user expects
         * @throws ServiceUnavailable when one does not start or answer in time; then nothing is left running
         */
        fun start(settings: ServiceSettings, data: Path, progress: (String) -> Unit = {}): Services {
            if (settings.allExternal) return Connection(settings, data).external()
            val deadline = Deadline.after(settings.startTimeout)
            var waited = false
            while (true) {
                DataFolder.own(data)?.let { return own(it, settings, progress) }
                Owner.read(data)?.takeIf { it.ready }?.let { owner -> use(owner, settings, data)?.let { return it } }
                if (deadline.passed) throw busy(data)
                if (!waited) progress("waiting for the process that has the data folder $data to be ready")
                waited = true
                deadline.pause()
            }
        }

        /** The services of [owner]; null when it is about to end. */
        private fun use(owner: Owner, settings: ServiceSettings, data: Path): Services? = try {
            Connection(settings, data).toOwner(owner)
        } catch (failure: ServiceUnavailable) {
            if (isThere(owner, data)) throw failure else null
        }

        private fun isThere(owner: Owner, data: Path): Boolean = ProcessHandle.of(owner.pid).map { it.isAlive }.orElse(false) &&
            Owner.read(data)?.let { it.pid == owner.pid && it.ready } == true

        private fun busy(data: Path): ServiceUnavailable {
            val who = Owner.read(data)?.let { "process ${it.pid}" } ?: "another process"
            return ServiceUnavailable(
                "the data folder $data is in use by $who, whose services do not become ready; " +
                    "see $data/logs, end that process, or name another folder by --data",
            )
        }

        private fun own(folder: DataFolder, settings: ServiceSettings, progress: (String) -> Unit): Services {
            val logs = ServiceLogs.open(folder.logs, owner = true)
            val embedded = EmbeddedServices(folder, settings, progress)
            val ending = AtomicBoolean()
            val startEnded = Thread({
                ending.set(true)
                embedded.close()
                folder.close()
            }, "services-exit")
            Runtime.getRuntime().addShutdownHook(startEnded)
            try {
                embedded.start()
                val services = Connection(settings, folder.path).toEmbedded(embedded, logs)
                services.stopAtExit()
                return services
            } catch (failure: Throwable) {
                // The process ends because it was asked to; that is no failure to tell anybody, so this thread waits for the end.
                if (ending.get()) CountDownLatch(1).await()
                embedded.close()
                folder.close()
                logs.close()
                throw failure
            } finally {
                runCatching { Runtime.getRuntime().removeShutdownHook(startEnded) }
            }
        }
    }

    /** Puts a [Services] together out of what is external, what this process runs and what another one runs. */
    private class Connection(private val settings: ServiceSettings, private val data: Path) {
        fun external(): Services {
            val logs = ServiceLogs.open(data.resolve(DataFolder.LOGS), owner = false)
            return connect(settings.kafka!!, settings.mariaDb!!, settings.mongo!!, null, logs) { null }
        }

        fun toEmbedded(embedded: EmbeddedServices, logs: ServiceLogs): Services {
            val kafka = settings.kafka ?: embedded.kafka!!.endpoint
            val mariaDb = settings.mariaDb ?: embedded.mariaDb!!.endpoint
            val mongo = settings.mongo ?: embedded.mongo!!.endpoint(settings.mongoDatabase)
            val services = connect(kafka, mariaDb, mongo, embedded, logs, trouble = embedded::trouble)
            embedded.folder.ready(
                buildMap {
                    embedded.kafka?.let { put(EmbeddedServices.KAFKA, "127.0.0.1:${it.port}") }
                    embedded.mariaDb?.let { put(EmbeddedServices.MARIADB, "127.0.0.1:${it.port}") }
                    embedded.mongo?.let {
                        put(EmbeddedServices.MONGO, "127.0.0.1:${it.port}")
                        put(EmbeddedServices.MONGO_PAGES, "127.0.0.1:${it.pagesPort}")
                    }
                },
            )
            return services
        }

        fun toOwner(owner: Owner): Services {
            val kafka = settings.kafka ?: KafkaEndpoint(owner.address(EmbeddedServices.KAFKA))
            val mariaDb = settings.mariaDb ?: EmbeddedMariaDb.endpoint(data.resolve("mariadb"), owner.port(EmbeddedServices.MARIADB))
                ?: throw ServiceUnavailable("the data folder $data lacks mariadb/credentials; end process ${owner.pid} and start again")
            val mongo = settings.mongo ?: owner.documents()
            val logs = ServiceLogs.open(data.resolve(DataFolder.LOGS), owner = false)
            val isThere = { isThere(owner, data) }
            return connect(kafka, mariaDb, mongo, null, logs, isThere) { if (isThere()) null else gone(owner) }
        }

        private fun gone(owner: Owner) =
            "process ${owner.pid}, which ran the embedded services of $data, has ended; start this command again"

        private fun Owner.address(service: String): String = addresses[service] ?: throw ServiceUnavailable(
            "process $pid, which owns the data folder $data, runs no embedded ${EmbeddedServices.NAMES[service]}; " +
                "start both with the same configuration, or name another folder by --data",
        )

        /** An owner of an older version has no way of their own for pages. */
        private fun Owner.documents(): MongoEndpoint {
            val all = address(EmbeddedServices.MONGO)
            return MongoEndpoint("mongodb://$all", settings.mongoDatabase, "mongodb://${addresses[EmbeddedServices.MONGO_PAGES] ?: all}")
        }

        private fun Owner.port(service: String): Int = address(service).substringAfterLast(':').toInt()

        /** The services, after each has answered once; those that this process has just started have done so. */
        private fun connect(
            kafka: KafkaEndpoint,
            mariaDb: MariaDbEndpoint,
            mongo: MongoEndpoint,
            embedded: EmbeddedServices?,
            logs: ServiceLogs,
            ownedBy: () -> Boolean = { true },
            trouble: (String) -> String?,
        ): Services {
            val probes = mapOf(
                EmbeddedServices.KAFKA to Probe.of(kafka),
                EmbeddedServices.MARIADB to Probe.of(mariaDb),
                EmbeddedServices.MONGO to Probe.of(mongo),
            )
            try {
                val deadline = Deadline.after(minOf(settings.startTimeout, FIRST_ANSWER))
                probes.filterKeys { embedded?.runs(it) != true }.forEach { (service, probe) ->
                    var reason: String? = null
                    // A busy machine may let the first question wait for longer than a probe does.
                    val answered = deadline.await { !ownedBy() || probe.ask().also { reason = it } == null }
                    if (!answered || reason != null) throw silent(service, trouble(service) ?: reason.orEmpty())
                }
            } catch (failure: Exception) {
                probes.values.forEach { it.close() }
                if (embedded == null) logs.close()
                throw failure
            }
            return Services(kafka, mariaDb, mongo, HealthWatch(probes, trouble), embedded, settings.mongo == null, logs, ownedBy)
        }

        private fun silent(service: String, reason: String) =
            ServiceUnavailable("$reason; check that it runs, and the address in twitchactors.services.$service")
    }
}
