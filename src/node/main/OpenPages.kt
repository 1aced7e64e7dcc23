package twitchactors.node

import twitchactors.domain.BadInput
import twitchactors.web.WebServer
import twitchactors.web.WebSettings
import java.net.BindException

/** The pages of a process with a node, open until its services stop. */
internal class OpenPages private constructor(val accounts: PageAccounts, private val url: String) {
    /** Prints the address for people and scripts. */
    fun tellReady() {
        println("ready $url")
        System.out.flush()
    }

    companion object {
        /** @param port null: as configured */
        fun start(running: Running, node: PipelineNode, accounts: PageAccounts, port: Int?): OpenPages {
            val view = PipelineView(running, node)
            val settings = WebSettings.from(running.configuration.config).let { if (port == null) it else it.on(port) }
            val web = try {
                WebServer.start(node.system, settings, accounts.users, view) { view.health() }
            } catch (taken: BindException) {
                throw BadInput(taken.message.orEmpty(), taken)
            }
            running.services.beforeStop { web.stop() }
            return OpenPages(accounts, web.url)
        }

        private fun WebSettings.on(port: Int) = WebSettings(host, port, behindProxy, sessionIdle, sessionLongest, refreshEvery)
    }
}
