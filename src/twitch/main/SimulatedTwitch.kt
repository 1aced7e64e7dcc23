package twitchactors.twitch

import org.apache.pekko.actor.ClassicActorSystemProvider
import org.apache.pekko.http.javadsl.Http
import org.apache.pekko.http.javadsl.ServerBinding
import org.apache.pekko.http.javadsl.settings.ServerSettings
import org.apache.pekko.stream.javadsl.Tcp
import twitchactors.domain.Day
import twitchactors.domain.Slot
import twitchactors.simulator.World
import java.net.BindException
import java.time.Duration
import java.util.Optional
import java.util.concurrent.CompletionException
import java.util.concurrent.CompletionStage
import java.util.concurrent.TimeUnit

/**
 * Servers that speak as Twitch's do, over a simulated world: OAuth, Helix, the directory's pages and the chat, with switchable faults
 * and a log of what was served. For this machine only.
 */
class SimulatedTwitch private constructor(
    private val http: ServerBinding,
    private val chat: Tcp.ServerBinding,
    private val days: WorldDays,
    private val served: ServedLog,
) {
    /** Of id.twitch.tv, api.twitch.tv/helix and www.twitch.tv at once, without a slash at the end. */
    val url: String get() = "http://${http.localAddress().hostString}:${http.localAddress().port}"

    /** Of the chat over WebSocket. */
    val webSocketUrl: String get() = "ws" + url.removePrefix("http") + IrcServer.PATH
    val host: String get() = chat.localAddress().hostString

    /** Of the chat over TCP. */
    val ircPort: Int get() = chat.localAddress().port

    /** Takes no new connection, ends those that are open, and returns when the ports are free. */
    fun stop() {
        chat.unbind().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS)
        http.terminate(Duration.ofSeconds(1)).toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS)
        days.close()
        served.close()
    }

    companion object {
        private const val STOP_SECONDS = 10L
        private const val LONGEST_ADDRESS = 16_384

        /**
         * Returns when the first day is worked out and both ports answer.
         *
         * @throws BindException with a message for the user, when a port is taken
         * @throws java.io.IOException when the log of what is served cannot be written
         */
        fun start(
            system: ClassicActorSystemProvider,
            world: World,
            clock: SimulatedClock,
            settings: SimulatedTwitchSettings = SimulatedTwitchSettings(),
        ): SimulatedTwitch {
            val served = ServedLog.open(settings.served)
            val days = WorldDays(world)
            try {
                days.of(checkNotNull(Day.at(clock.millis() / 1000)) { "the simulated time is after the year 9999" }).join()
                return bound(system, world, clock, settings, days, served)
            } catch (failure: Throwable) {
                days.close()
                served.close()
                throw failure
            }
        }

        private fun bound(
            system: ClassicActorSystemProvider,
            world: World,
            clock: SimulatedClock,
            settings: SimulatedTwitchSettings,
            days: WorldDays,
            served: ServedLog,
        ): SimulatedTwitch {
            val now: () -> Long = if (settings.limitTime == LimitTime.SIMULATED) clock::millis else clock::realMillis
            val moments = Moments(days, clock, settings.cursorSlots)
            val accounts = Accounts(world, settings.moderated)
            val categories = Categories(world)
            val address = Address(settings.host, settings.port)
            val faults = Faults(world.draws, settings.faults)
            val counts = Counts()
            val tokens = Tokens(settings, now)
            val paging = Paging(moments, faults, world.seed)
            val gate = HelixGate(settings, tokens, accounts, faults, now)
            val site = Site(
                gate,
                HelixStreams(accounts, categories, address, paging, faults, served),
                HelixChatters(accounts, paging, faults, served),
                HelixGames(categories, address, paging),
                HelixUsers(accounts, address, faults),
                OAuth(settings, tokens, DeviceCodes(settings.lives.deviceCode, now), accounts, address),
                DirectoryPages(accounts, categories, address, paging),
                Pictures(),
                Control(clock, address, faults, counts, gate, served, settings.controlToken),
                faults,
                counts,
            )
            val limits = IrcLimits(settings.chat.joinsPer10Seconds, settings.chat.rooms, now)
            val talk = IrcTalk(world, accounts)
            val chat = IrcServer(system, moments, served, ticks(clock.speed)) {
                IrcSession(settings, accounts, tokens, limits, talk, faults, served, counts, clock::millis, System::nanoTime)
            }
            val border = HttpBorder(site, moments, chat, served, counts, now, system)
            val standard = ServerSettings.create(system.classicSystem())
            // A request may name 100 streamers: the library's own bound is half of what that takes.
            val server = standard.withServerHeader(Optional.of(SERVER))
                .withParserSettings(standard.parserSettings.withMaxUriLength(LONGEST_ADDRESS))
            val http = bind("port ${settings.port} of ${settings.host}", "--port") {
                Http.get(system).newServerAt(settings.host, settings.port).withSettings(server).bind(border::handle)
            }
            address.port = http.localAddress().port
            try {
                val irc = bind("port ${settings.ircPort} of ${settings.host}", "--irc-port") { chat.bind(settings.host, settings.ircPort) }
                address.chat = "${settings.host}:${irc.localAddress().port}"
                return SimulatedTwitch(http, irc, days, served)
            } catch (taken: BindException) {
                http.unbind()
                throw taken
            }
        }

        private fun <T> bind(where: String, option: String, bind: () -> CompletionStage<T>): T = try {
            bind().toCompletableFuture().join()
        } catch (_: CompletionException) {
            throw BindException("$where is not free: end what uses it, or choose another by $option")
        }

        /** A tenth of a slot, so that changes come soon after its beginning; but no busy loop, and no message half a second late. */
        private fun ticks(speed: Double): Duration = Duration.ofMillis((Slot.SECONDS * 1000 / speed / 10).toLong().coerceIn(20, 500))

        private val SERVER = org.apache.pekko.http.javadsl.model.headers.Server.create(
            org.apache.pekko.http.javadsl.model.headers.ProductVersion.create("TwitchActors-simulator", "1"),
        )
    }
}
