package twitchactors.node

import com.github.ajalt.clikt.core.Context
import com.github.ajalt.clikt.core.CoreCliktCommand
import com.github.ajalt.clikt.parameters.options.default
import com.github.ajalt.clikt.parameters.options.option
import com.github.ajalt.clikt.parameters.types.double
import com.github.ajalt.clikt.parameters.types.int
import sun.misc.Signal
import twitchactors.domain.BadInput
import twitchactors.domain.Day
import twitchactors.simulator.World
import twitchactors.simulator.WorldDay
import twitchactors.web.Role
import twitchactors.web.Users
import twitchactors.web.WebServer
import twitchactors.web.WebSettings
import java.net.BindException
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import java.security.SecureRandom
import java.util.Base64
import java.util.concurrent.CountDownLatch
import kotlin.io.path.exists
import kotlin.io.path.readText
import kotlin.io.path.writeText

/** `demo`: a simulated world flows through the whole pipeline on this machine, and a page shows it arriving. */
class DemoCommand : CoreCliktCommand(name = "demo") {
    private val viewers by option("--viewers", metavar = "N", help = "accounts seen on a day (default 20000)").int().default(20_000)
    private val streamers by option("--streamers", metavar = "N", help = "streamers tracked (default 40)").int().default(40)
    private val speed by option("--speed", metavar = "X", help = "times real time (default 1440: a day a minute)").double().default(1440.0)
    private val days by option("--days", metavar = "N", help = "days to play; then it only shows them (default 3)").int().default(3)
    private val port by option("--port", metavar = "P", help = "the port of the page (default 8501)").int().default(8501)
    private val data by option("--data", metavar = "DIR", help = "the data folder (default data)").default("data")

    @Volatile
    private var stopping = false

    override fun help(context: Context) = """
        Shows all of it on this machine, with simulated data.

        Embedded services, a simulated Twitch day at speed, viewer partitions, and a page that shows it arriving. Ctrl-C ends it; started again on the same data it goes on with the next day.

        Examples:
          twitchactors demo
          twitchactors demo --viewers 100000 --streamers 100 --speed 720
    """.trimIndent()

    override fun run() {
        val most = SimulatedFeed.MOST_VIEWERS
        if (viewers !in 1..most) throw BadInput("--viewers $viewers: give a number from 1 to $most")
        if (streamers !in 1..World.MAX_STREAMERS) throw BadInput("--streamers $streamers: give a number from 1 to ${World.MAX_STREAMERS}")
        if (speed <= 0) throw BadInput("--speed $speed: give a number above 0")
        if (days < 1) throw BadInput("--days $days: give 1 or more")
        Running.start(Path.of(data), setOf(NodeRole.PROFILE)).use { running ->
            val node =
                running.node ?: throw BadInput("$data is in use by another process with a node; end it, or name another folder by --data")
            val demo = Thread.currentThread()
            Signal.handle(Signal("INT")) {
                stopping = true
                demo.interrupt()
            }
            try {
                show(running, node)
            } catch (_: InterruptedException) {
                // Ctrl-C is how a demo ends: all is closed in order, and the exit code is 0.
                System.err.println("ending; started again on the same data it goes on")
            }
        }
    }

    private fun show(running: Running, node: PipelineNode) {
        val world = World(SEED, viewers, streamers)
        val feed = SimulatedFeed(node.system, running.services.kafka, running.configuration.topics, world, speed)
        val view = PipelineView(running, node, simulated = true, samplesFed = feed.samplesFed::sum)
        val users = Users.open(running.configuration.data.resolve("users.json"))
        val logins = logins(users, running.configuration.data)
        val web = try {
            WebServer.start(node.system, WebSettings.from(running.configuration.config).on(port), users, view) { view.health() }
        } catch (taken: BindException) {
            throw BadInput(taken.message.orEmpty(), taken)
        }
        running.services.beforeStop { web.stop() }
        running.services.beforeStop { feed.stop() }
        logins.forEach { println(it) }
        println("ready ${web.url}")
        System.out.flush()
        play(running, world, feed)
        System.err.println("all $days days were played; the page goes on until Ctrl-C")
        CountDownLatch(1).await()
    }

    /** `login <role> <name> <password>` of the visitor, whose password all know, and of an admin, whose password is random. */
    private fun logins(users: Users, data: Path): List<String> {
        if (users.find(VISITOR) == null) users.create(Role.VISITOR, VISITOR, VISITOR_PASSWORD)
        val kept = data.resolve("admin.password")
        if (users.find(ADMIN) == null || !kept.exists()) {
            val password = Base64.getUrlEncoder().withoutPadding().encodeToString(ByteArray(PASSWORD_BYTES).also(SecureRandom()::nextBytes))
            if (users.find(ADMIN) == null) users.create(Role.ADMIN, ADMIN, password) else users.changePassword(ADMIN, password)
            Files.deleteIfExists(kept)
            Files.createFile(kept, PosixFilePermissions.asFileAttribute(OWNER_ONLY))
            kept.writeText(password)
        }
        return listOf("login visitor $VISITOR $VISITOR_PASSWORD", "login admin $ADMIN ${kept.readText()}")
    }

    private fun play(running: Running, world: World, feed: SimulatedFeed) {
        val first = Day.parse(FIRST_DAY)!!
        repeat(days) {
            val last = running.stores.viewers.dayStatuses.all().toCompletableFuture().get().maxOfOrNull { it.day }
            val day: WorldDay = world.day(if (last == null) first else Day(last.epochDay + 1))
            System.err.println("playing ${day.day}")
            feed.play(day).toCompletableFuture().get()
            Patience(null).until("${day.day} to be sealed") {
                if (stopping) throw InterruptedException()
                running.stores.status(day.day) != null
            }
            System.err.println("${day.day} is sealed")
        }
    }

    private fun WebSettings.on(port: Int) = WebSettings(host, port, behindProxy, sessionIdle, sessionLongest, refreshEvery)

    private companion object {
        const val SEED = 1L
        const val FIRST_DAY = "2022-08-01"
        const val VISITOR = "visitor"
        const val VISITOR_PASSWORD = "visitorpassword"
        const val ADMIN = "admin"
        const val PASSWORD_BYTES = 12
        val OWNER_ONLY = PosixFilePermissions.fromString("rw-------")
    }
}
