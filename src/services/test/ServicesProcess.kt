package twitchactors.services

import java.nio.file.Path
import java.time.Duration

/**
 * A process for tests: runs or uses the services of the data folder that its first argument names (the second is MariaDB's
 * home, or -), prints one line `ready <kafka> <mongo> <mariadb's pid or ->`, and stays until its input ends.
 */
object ServicesProcess {
    @JvmStatic
    fun main(arguments: Array<String>) {
        val home = arguments[1].takeIf { it != "-" }?.let { Path.of(it) }
        val settings = ServiceSettings(mariaDbHome = home, startTimeout = Duration.ofSeconds(60))
        try {
            val started = System.nanoTime()
            val services = Services.start(settings, Path.of(arguments[0])) { System.err.println(it) }
            System.err.println("started in ${(System.nanoTime() - started) / 1_000_000} ms")
            println("ready ${services.kafka.bootstrapServers} ${services.mongo.address} ${services.mariaDbPid ?: "-"}")
            System.`in`.readAllBytes()
            val stopping = System.nanoTime()
            services.close()
            System.err.println("stopped in ${(System.nanoTime() - stopping) / 1_000_000} ms")
        } catch (failure: ServiceUnavailable) {
            println("failed ${failure.message}")
        }
    }
}
