package twitchactors.pipeline

import twitchactors.services.MariaDbEndpoint
import twitchactors.services.MongoEndpoint
import twitchactors.services.ServiceSettings
import twitchactors.services.Services
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import kotlin.io.path.createDirectories

/** Kafka in a process of its own, which can be killed. It keeps its port. The other services are not its own. */
class BrokerProcess(private val folder: Path, private val others: Services) : AutoCloseable {
    private var process = start()

    /** Where it is. */
    val address: String = process.inputReader().let { words ->
        generateSequence { words.readLine() }.firstOrNull { it.startsWith(READY) }?.removePrefix(READY) ?: error("Kafka did not start")
    }

    /** `kill -9`. */
    fun kill() {
        process.destroyForcibly().waitFor(WAIT_SECONDS, TimeUnit.SECONDS)
    }

    /** Starts it again on the same data. */
    fun restart() {
        process = start()
    }

    private fun start(): Process {
        val java = Path.of(System.getProperty("java.home"), "bin", "java")
        val builder = ProcessBuilder("$java", "-Xmx256m", "-cp", System.getProperty("java.class.path"), Kafka::class.java.name, "$folder")
        builder.environment() += mapOf(
            URL to others.mariaDb.url,
            USER to others.mariaDb.user,
            PASSWORD to others.mariaDb.password,
            MONGO to others.mongo.uri,
        )
        return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start()
    }

    override fun close() = kill()

    /** What runs in the process, until its input ends. */
    object Kafka {
        @JvmStatic
        fun main(arguments: Array<String>) {
            fun told(name: String) = System.getenv(name).orEmpty()
            val settings = ServiceSettings(
                mariaDb = MariaDbEndpoint(told(URL), told(USER), told(PASSWORD)),
                mongo = MongoEndpoint(told(MONGO), "twitchactors"),
            )
            Services.start(settings, Path.of(arguments[0]).createDirectories()).use {
                println("$READY${it.kafka.bootstrapServers}")
                System.`in`.readAllBytes()
            }
        }
    }

    private companion object {
        const val READY = "ready "
        const val WAIT_SECONDS = 10L
        const val URL = "OTHERS_MARIADB_URL"
        const val USER = "OTHERS_MARIADB_USER"
        const val PASSWORD = "OTHERS_MARIADB_PASSWORD"
        const val MONGO = "OTHERS_MONGO_URI"
    }
}
