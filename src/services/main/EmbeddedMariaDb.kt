package twitchactors.services

import org.slf4j.LoggerFactory
import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption.ATOMIC_MOVE
import java.nio.file.StandardCopyOption.REPLACE_EXISTING
import java.sql.DriverManager
import java.sql.SQLException
import java.time.Duration
import java.util.Properties
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import kotlin.concurrent.thread

/**
 * MariaDB's real server as a child process, its data below one folder. A server that a killed process left behind on the same
 * data is taken over when it answers, and ended when it does not; two never run on the same data. When the server ends by
 * itself it is started again on the same port, with growing pauses.
 *
 * The passwords are never on a command line: the server reads them from a file that only its owner may read, which is
 * removed once it has.
 */
internal class EmbeddedMariaDb(
    private val directory: Path,
    private val log: Path,
    private val ports: Ports,
    private val settings: ServiceSettings,
    private val progress: (String) -> Unit,
) : AutoCloseable {
    private val data = directory.resolve("data")
    private lateinit var files: MariaDbServerFiles
    private lateinit var credentials: MariaDbCredentials
    private val lock = Any()
    private val stop = CountDownLatch(1)
    private var process: MariaDbProcess? = null

    /** What came of the last question to a server that did not answer. */
    @Volatile
    private var refused = ""

    /** Fixed once the server has answered for the first time: others have been told. */
    @Volatile
    var port: Int = 0
        private set

    /** Why the server does not run just now; null while it does. */
    @Volatile
    var trouble: String? = null
        private set

    /** The process id of the server; null while none runs. */
    val pid: Long? get() = synchronized(lock) { process?.takeIf { it.alive }?.pid }

    val endpoint: MariaDbEndpoint get() = endpoint(port, credentials.user, credentials.password)

    /** Returns when the server answers. May be closed from another thread meanwhile. */
    fun start(timeout: Duration) {
        val deadline = Deadline.after(timeout)
        Files.createDirectories(directory.resolve(TEMPORARY))
        Files.createDirectories(log.parent)
        if (Files.exists(log) && Files.size(log) > MAX_LOG_BYTES) Files.move(log, log.resolveSibling("${log.fileName}.1"), REPLACE_EXISTING)
        files = settings.mariaDbHome?.let { MariaDbServerFiles.at(it.toAbsolutePath()) }
            ?: MariaDbServerFiles.unpacked(directory.resolve("server"), progress)
        credentials = MariaDbCredentials.readOrMake(directory.resolve(CREDENTIALS))
        install()
        if (!adopt()) launchOnSomePort(deadline)
        thread(name = "mariadb-watch", isDaemon = true) { watch(timeout) }
    }

    /** Makes the system tables beside the final place and moves them there when they are whole. */
    private fun install() {
        if (Files.exists(data)) return
        val new = directory.resolve("data.new")
        MariaDbProcess.leftBehind(new).forEach { it.end(Duration.ZERO) }
        if (Files.exists(new)) new.toFile().deleteRecursively()
        Files.createDirectories(new)
        val bootstrap = spawn(
            command(new, "--bootstrap", "--log-warnings=0", "--enforce-storage-engine=", "--innodb-buffer-pool-size=16M") + asRoot(),
            new,
        )
        try {
            bootstrap.outputStream.use { it.write(files.systemTables().toByteArray()) }
        } catch (_: IOException) {
            // It ended before it had read all; its exit status says so below.
        }
        val status = bootstrap.waitFor()
        if (status != 0) throw ended(status, "while its system tables were made")
        Files.move(new, data, ATOMIC_MOVE)
    }

    /** Takes over a server that runs on [data] already; false when none runs (any more). */
    private fun adopt(): Boolean {
        val left = MariaDbProcess.leftBehind(data)
        val candidate = left.singleOrNull()
        val candidatePort = candidate?.port
        if (candidate != null && candidatePort != null && Deadline.after(ADOPTION).await { answers(candidatePort) || !candidate.alive }) {
            if (candidate.alive) {
                LOG.info("took over MariaDB, process {}, left behind by an earlier process", candidate.pid)
                running(candidate, candidatePort)
                return true
            }
        }
        left.forEach { it.end(STOP) }
        return false
    }

    private fun launchOnSomePort(deadline: Deadline) {
        var port = ports.choose("mariadb")
        repeat(ATTEMPTS) { attempt ->
            try {
                return launch(port, deadline)
            } catch (failure: ServiceUnavailable) {
                // Two causes pass by themselves: the port was taken meanwhile, or a server left behind had not been visible yet.
                val late = MariaDbProcess.leftBehind(data)
                val portTaken = !Ports.isFree(port)
                if (attempt == ATTEMPTS - 1 || (late.isEmpty() && !portTaken)) throw failure
                late.forEach { it.end(STOP) }
                if (portTaken) port = ports.another("mariadb")
            }
        }
    }

    /** Starts the server on [port] and waits until it answers. */
    private fun launch(port: Int, deadline: Deadline) {
        val init = directory.resolve("init.sql")
        PrivateFile.replace(init, initialisation())
        val child = spawn(server(port, init), data)
        val candidate = MariaDbProcess(child.toHandle())
        try {
            val answered = deadline.await { !child.isAlive || answers(port) }
            if (!child.isAlive) throw ended(child.waitFor(), "while it started")
            if (!answered) throw ServiceUnavailable("MariaDB does not answer on 127.0.0.1:$port in time ($refused); see $log")
        } catch (failure: ServiceUnavailable) {
            candidate.end(Duration.ZERO)
            throw failure
        } finally {
            Files.deleteIfExists(init)
        }
        running(candidate, port)
    }

    private fun running(candidate: MariaDbProcess, port: Int) = synchronized(lock) {
        process = candidate
        this.port = port
        trouble = null
        ports.bound("mariadb", port)
    }

    /** Starts a child, unless the end has been asked for: then nothing may be started that nobody would stop. */
    private fun spawn(command: List<String>, folder: Path): Process = synchronized(lock) {
        if (stop.count == 0L) throw ServiceUnavailable("MariaDB: the end was asked for while it started")
        val builder = ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        // Our own secrets come by the environment; a server that does not need them does not get them.
        builder.environment().keys.removeIf { it.startsWith("TWITCHACTORS_") || it.startsWith("TWITCH_") }
        builder.start().also { process = MariaDbProcess(it.toHandle()) }
    }

    private fun watch(timeout: Duration) {
        var pause = FIRST_PAUSE
        while (true) {
            val startedAt = System.nanoTime()
            (synchronized(lock) { process } ?: return).awaitEnd()
            if (System.nanoTime() - startedAt > PAUSE_FORGOTTEN.toNanos()) pause = FIRST_PAUSE
            if (stop.count == 0L) return
            trouble = "the server ended by itself and is being started again; see $log"
            LOG.warn("MariaDB ended by itself; starting it again in {} ms; see {}", pause.toMillis(), log)
            if (stop.await(pause.toMillis(), TimeUnit.MILLISECONDS)) return
            pause = minOf(pause.multipliedBy(2), LONGEST_PAUSE)
            try {
                launch(port, Deadline.after(timeout))
                LOG.warn("MariaDB is up again")
            } catch (failure: Exception) {
                trouble = failure.message
            }
        }
    }

    private fun answers(port: Int): Boolean = try {
        val login = Properties().apply {
            put("user", credentials.user)
            put("password", credentials.password)
            put("connectTimeout", "1000")
            put("socketTimeout", "2000")
        }
        DriverManager.getConnection(endpoint(port, "", "").url, login).use { it.isValid(2) }
    } catch (refusal: SQLException) {
        refused = refusal.message.orEmpty()
        false
    }

    /** One statement per line, as the server wants it; repeated at each start, so that a lost credentials file heals. */
    private fun initialisation(): String {
        val account = "${credentials.user}@'127.0.0.1'"
        return """
            CREATE DATABASE IF NOT EXISTS $DATABASE CHARACTER SET utf8mb4;
            DROP USER IF EXISTS root@'::1';
            DROP USER IF EXISTS root@'127.0.0.1';
            ALTER USER root@'localhost' IDENTIFIED BY '${credentials.rootPassword}';
            CREATE USER IF NOT EXISTS $account;
            ALTER USER $account IDENTIFIED BY '${credentials.password}';
            GRANT ALL ON $DATABASE.* TO $account;
        """.trimIndent() + "\n"
    }

    private fun command(data: Path, vararg options: String): List<String> = listOf(
        files.server.toString(),
        "--no-defaults",
        "--basedir=${files.home}",
        "--datadir=$data",
        // In a folder that servers share, each that starts removes the temporary tables of those that run.
        "--tmpdir=${directory.resolve(TEMPORARY)}",
        "--lc-messages-dir=${files.share}",
        "--character-sets-dir=${files.share.resolve("charsets")}",
        "--innodb-log-file-size=$LOG_FILE_BYTES",
        *options,
    )

    /** One user, one machine: small buffers, no binary log, no TLS on the loopback address. */
    private fun server(port: Int, init: Path): List<String> = command(
        data,
        "--bind-address=127.0.0.1",
        "--port=$port",
        "--socket=server.sock",
        "--pid-file=server.pid",
        "--init-file=$init",
        "--character-set-server=utf8mb4",
        "--default-time-zone=+00:00",
        "--skip-ssl",
        "--skip-log-bin",
        "--skip-name-resolve",
        "--innodb-buffer-pool-size=${settings.bufferPool}",
        "--innodb-log-buffer-size=4M",
        "--aria-pagecache-buffer-size=4M",
        "--key-buffer-size=1M",
        "--max-allowed-packet=64M",
        "--max-connections=64",
        "--table-open-cache=200",
        "--log-warnings=1",
    ) + asRoot()

    /** The server refuses to run as root unless it is told to. */
    private fun asRoot(): List<String> = if (System.getProperty("user.name") == "root") listOf("--user=root") else emptyList()

    private fun ended(status: Int, whenever: String): ServiceUnavailable {
        val lines = Files.readAllLines(log).takeLast(LOG_TAIL)
        val library = lines.firstNotNullOfOrNull { MISSING_LIBRARY.find(it) }?.groupValues?.get(1)
        if (library != null) {
            val packages = DEBIAN_PACKAGES[library]?.let { " (Debian, Ubuntu: apt install $it)" }.orEmpty()
            return ServiceUnavailable(
                "MariaDB: this system lacks $library$packages; install it, or give the address of your own by TWITCHACTORS_MARIADB_URL",
            )
        }
        val reason = lines.lastOrNull { "[ERROR]" in it && "Aborting" !in it }?.substringAfter("[ERROR]")?.trim()
        return ServiceUnavailable("MariaDB ended $whenever (status $status)${reason?.let { ": $it" }.orEmpty()}; see $log")
    }

    /** Ends the server and waits for it; nothing is started after this was called. */
    override fun close() {
        val last = synchronized(lock) {
            stop.countDown()
            process
        }
        last?.end(STOP)
        Files.deleteIfExists(directory.resolve("init.sql"))
    }

    companion object {
        const val DATABASE = "streamers"
        private val LOG = LoggerFactory.getLogger(EmbeddedMariaDb::class.java)
        private const val CREDENTIALS = "credentials"
        private const val TEMPORARY = "tmp"
        private const val ATTEMPTS = 3
        private const val LOG_TAIL = 30
        private const val LOG_FILE_BYTES = 48L shl 20
        private const val MAX_LOG_BYTES = 10L shl 20
        private val ADOPTION = Duration.ofSeconds(5)
        private val STOP = Duration.ofSeconds(8)
        private val FIRST_PAUSE = Duration.ofMillis(200)
        private val LONGEST_PAUSE = Duration.ofSeconds(30)
        private val PAUSE_FORGOTTEN = Duration.ofMinutes(1)
        private val MISSING_LIBRARY = Regex("""error while loading shared libraries: ([^:]+):""")
        private val DEBIAN_PACKAGES =
            mapOf("libcrypt.so.1" to "libcrypt1", "libsystemd.so.0" to "libsystemd0", "libstdc++.so.6" to "libstdc++6")

        /** The endpoint of the server that another process runs below [directory] on [port]; null when it has no credentials yet. */
        fun endpoint(directory: Path, port: Int): MariaDbEndpoint? =
            MariaDbCredentials.read(directory.resolve(CREDENTIALS))?.let { endpoint(port, it.user, it.password) }

        private fun endpoint(port: Int, user: String, password: String) =
            MariaDbEndpoint("jdbc:mariadb://127.0.0.1:$port/$DATABASE?sslMode=disable", user, password)
    }
}
