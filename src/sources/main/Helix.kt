package twitchactors.sources

import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.actor.typed.Props
import java.util.concurrent.CompletionStage

/** What a node asks Twitch's API with. */
class Helix private constructor(private val http: TwitchHttp, private val app: AppToken, val api: TwitchApi, val figures: BudgetFigures) :
    AutoCloseable {
    /** Has Twitch validate the app's token. Fails with [WrongCredentials], or another [NoAnswer]. */
    fun validate(): CompletionStage<*> = app.validate()

    /** Ends its connections; questions that are not answered yet are not answered any more. */
    override fun close() = http.close()

    companion object {
        /**
         * Ready to be asked, within the budgets of the whole cluster of [system]. Asks nothing yet.
         *
         * @param role that the nodes have that ask Twitch; null: all. One of them keeps the budgets
         */
        fun start(system: ActorSystem<*>, settings: SourcesSettings, role: String?): Helix {
            val figures = BudgetFigures()
            val keeper = BudgetKeeper.init(system, settings.pointsPerMinute, role)
            val leases = system.systemActorOf(PointLeases.create(keeper, settings.budgetPatience, figures), "twitch-points", Props.empty())
            val http = TwitchHttp(settings)
            val calls = HelixCalls(settings, http, LeasedPoints(leases, system.executionContext()))
            val app = AppToken(TwitchOAuth(settings, http))
            return Helix(http, app, HelixTwitch(calls, app), figures)
        }
    }
}
