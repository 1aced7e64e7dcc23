package twitchactors.services

import java.time.Duration
import java.util.concurrent.Callable
import java.util.concurrent.ExecutionException
import java.util.concurrent.ExecutorCompletionService
import java.util.concurrent.Executors
import java.util.concurrent.TimeUnit
import java.util.concurrent.TimeoutException

/** Those services that run below [folder], started and stopped together. */
internal class EmbeddedServices(val folder: DataFolder, private val settings: ServiceSettings, progress: (String) -> Unit) :
    AutoCloseable {
    private val ports = Ports(folder.path.resolve("ports.properties"))

    @Volatile
    var kafka: EmbeddedKafka? = null
        private set

    @Volatile
    var mongo: EmbeddedMongo? = null
        private set

    val mariaDb: EmbeddedMariaDb? = if (settings.mariaDb != null) {
        null
    } else {
        EmbeddedMariaDb(folder.path.resolve("mariadb"), folder.logs.resolve("mariadb.log"), ports, settings, progress)
    }

    /** Starts all at once; when one fails, the others are stopped again. */
    fun start() {
        val starts = buildMap<String, () -> Unit> {
            if (settings.kafka == null) put(KAFKA) { kafka = EmbeddedKafka.start(folder.path.resolve(KAFKA), ports, settings.startTimeout) }
            if (settings.mongo == null) put(MONGO) { mongo = EmbeddedMongo.start(folder.path.resolve(MONGO), ports, settings.mongoCache) }
            if (mariaDb != null) put(MARIADB) { mariaDb.start(settings.startTimeout) }
        }
        val threads = Executors.newCachedThreadPool { Thread(it, "services-start").apply { isDaemon = true } }
        try {
            val running = ExecutorCompletionService<String>(threads)
            val waiting = starts.keys.toMutableSet()
            starts.forEach { (service, start) ->
                running.submit(
                    Callable {
                        guarded(service, start)
                        service
                    },
                )
            }
            val deadline = Deadline.after(settings.startTimeout)
            while (waiting.isNotEmpty()) {
                val done = running.poll(deadline.remaining.toMillis(), TimeUnit.MILLISECONDS) ?: throw tooLate(waiting)
                waiting.remove(done.get())
            }
        } catch (failure: Throwable) {
            mariaDb?.close()
            // One that is still starting would not be known to close() yet.
            threads.shutdown()
            threads.awaitTermination(STOP.toMillis(), TimeUnit.MILLISECONDS)
            close()
            throw cause(failure)
        }
        threads.shutdown()
    }

    private fun cause(failure: Throwable): Throwable = (failure as? ExecutionException)?.cause ?: failure

    private fun guarded(service: String, start: () -> Unit) = try {
        start()
    } catch (failure: ServiceUnavailable) {
        throw failure
    } catch (failure: Exception) {
        val remedy = "see ${log(service)}; correct the cause there, or name another data folder by --data"
        throw ServiceUnavailable("embedded ${NAMES[service]} does not start: ${failure.message ?: failure}; $remedy", failure)
    }

    private fun tooLate(services: Set<String>) = ServiceUnavailable(
        "embedded ${services.joinToString { NAMES.getValue(it) }} did not start within ${settings.startTimeout.toSeconds()} s; " +
            "see ${services.joinToString { log(it).toString() }}; a slow disk needs a longer twitchactors.services.start-timeout",
    )

    private fun log(service: String) = folder.logs.resolve("$service.log")

    /** True when [service] is one of those that run here. */
    fun runs(service: String): Boolean = when (service) {
        KAFKA -> kafka != null
        MARIADB -> mariaDb != null
        else -> mongo != null
    }

    /** Why an embedded [service] cannot answer just now, where it says so itself. */
    fun trouble(service: String): String? = when (service) {
        KAFKA -> kafka?.failure
        MARIADB -> mariaDb?.trouble
        else -> mongo?.failure
    }

    /** Why one of them will never answer again in this process; null while all may. */
    val failure: String? get() = kafka?.failure ?: mongo?.failure

    /** Stops all at once, at most [STOP]; data is synced. What a service could not finish by then, its next start recovers. */
    override fun close() {
        val threads = Executors.newCachedThreadPool { Thread(it, "services-stop").apply { isDaemon = true } }
        val stops = listOfNotNull(kafka, mongo, mariaDb).map { service -> threads.submit { service.close() } }
        val deadline = Deadline.after(STOP)
        for (stop in stops) {
            try {
                stop.get(deadline.remaining.toMillis(), TimeUnit.MILLISECONDS)
            } catch (_: TimeoutException) {
                stop.cancel(true)
            } catch (_: ExecutionException) {
                // It ended with an error of its own, which is in its log.
            }
        }
        threads.shutdownNow()
    }

    companion object {
        const val KAFKA = "kafka"
        const val MARIADB = "mariadb"
        const val MONGO = "mongo"

        /** The same documents, for pages. */
        const val MONGO_PAGES = "mongo-pages"
        val NAMES = mapOf(KAFKA to "Kafka", MARIADB to "MariaDB", MONGO to "MongoDB-compatible store")
        private val STOP = Duration.ofSeconds(10)
    }
}
