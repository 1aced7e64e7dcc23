package twitchactors.node

import com.typesafe.config.ConfigFactory
import org.apache.pekko.actor.ActorSystem
import twitchactors.domain.BadInput
import twitchactors.web.WebServer
import twitchactors.web.WebSettings
import java.net.BindException
import java.util.concurrent.TimeUnit

/**
 * The pages of a process with a node, open until its services stop. They have an actor system of their own: a node that is shut out of
 * its cluster ends with its system and comes back with another one, and meanwhile the pages say so.
 */
internal class OpenPages private constructor(val accounts: PageAccounts, val url: String) {
    /** Prints the address for people and scripts. */
    fun tellReady() {
        println("ready $url")
        System.out.flush()
    }

    companion object {
        private const val ALONE = "pekko.actor.provider = local"
        private const val END_SECONDS = 5L

        /** @param port null: as configured */
        fun start(running: Running, accounts: PageAccounts, port: Int?): OpenPages {
            val view = PipelineView(running)
            val settings = WebSettings.from(running.configuration.config).let { if (port == null) it else it.on(port) }
            val system = ActorSystem.create("pages", ConfigFactory.parseString(ALONE).withFallback(running.configuration.config))
            running.services.beforeStop {
                system.terminate()
                system.whenTerminated.toCompletableFuture().get(END_SECONDS, TimeUnit.SECONDS)
            }
            val web = try {
                WebServer.start(
                    system,
                    settings,
                    accounts.users,
                    view,
                    view::health,
                    simulated = running.configuration.simulation != null,
                    pages = DashboardPart.of(running, view),
                )
            } catch (taken: BindException) {
                throw BadInput(taken.message.orEmpty(), taken)
            }
            running.services.beforeStop { web.stop() }
            return OpenPages(accounts, web.url)
        }

        private fun WebSettings.on(port: Int) = WebSettings(host, port, behindProxy, sessionIdle, sessionLongest, refreshEvery, contact)
    }
}
