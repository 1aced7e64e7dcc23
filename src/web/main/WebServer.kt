package twitchactors.web

import org.apache.pekko.actor.ClassicActorSystemProvider
import org.apache.pekko.http.javadsl.Http
import org.apache.pekko.http.javadsl.ServerBinding
import org.apache.pekko.http.javadsl.settings.ServerSettings
import java.net.BindException
import java.time.Duration
import java.util.Optional
import java.util.concurrent.CompletionException
import java.util.concurrent.TimeUnit

/** The running HTTP server. */
class WebServer private constructor(private val binding: ServerBinding, private val border: HttpBorder, private val history: LiveHistory) {
    val port: Int get() = binding.localAddress().port
    val url: String get() = "http://${binding.localAddress().hostString}:$port"

    /** Takes no new connection, lets requests under way end for at most [patience], and returns when the port is free. */
    fun stop(patience: Duration = Duration.ofSeconds(2)) {
        binding.terminate(patience).toCompletableFuture().get(patience.toSeconds() + 5, TimeUnit.SECONDS)
        border.close()
        history.close()
    }

    companion object {
        /**
         * Returns when the port answers. Throws [BindException], with a message for the user, when it is taken.
         *
         * @param health asked at most once a second, by a thread that may wait
         * @param simulated any of the data is made up: every page wears a banner
         * @param pages all pages but the live one
         */
        fun start(
            system: ClassicActorSystemProvider,
            settings: WebSettings,
            users: Users,
            live: LiveSource,
            health: () -> Health,
            simulated: Boolean = false,
            pages: SitePages = SitePages.None,
        ): WebServer {
            val history = LiveHistory(live, settings.refreshEvery, System::nanoTime)
            val sessions = Sessions(users, System::nanoTime, settings.sessionIdle, settings.sessionLongest)
            val site =
                Site(
                    users,
                    sessions,
                    GuessThrottle(System::nanoTime),
                    history::latest,
                    HealthCheck(health, System::nanoTime),
                    simulated,
                    pages,
                    settings.contact,
                )
            val border = HttpBorder(site, settings, system)
            val server = ServerSettings.create(system.classicSystem())
                .withServerHeader(Optional.empty())
                .withRemoteAddressAttribute(true)
            val binding = try {
                Http.get(system).newServerAt(settings.host, settings.port).withSettings(server).bind(border::handle)
                    .toCompletableFuture().join()
            } catch (e: CompletionException) {
                border.close()
                val where = "port ${settings.port} of ${settings.host}"
                throw BindException("$where is not free (${e.cause?.message}): end what uses it, or choose another by --port")
            }
            return WebServer(binding, border, history.start())
        }
    }
}
