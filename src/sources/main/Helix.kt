package twitchactors.sources

import org.apache.pekko.actor.Cancellable
import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.actor.typed.Props
import org.slf4j.LoggerFactory
import java.time.Duration
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage

/**
 * What a node asks Twitch's API with: one budget for each token over the whole cluster, tokens that are validated and renewed.
 *
 * @property api asks with the app's token
 * @property figures of this node's budgets
 */
class Helix private constructor(
    private val http: TwitchHttp,
    private val app: AppToken,
    private val granted: GrantedTokens?,
    private val chatters: HelixChatters?,
    val api: TwitchApi,
    val figures: BudgetFigures,
) : AutoCloseable {
    private var tasks = emptyList<Cancellable>()

    @Volatile
    private var trouble: String? = null

    /** Get Chatters for those whose chat an account of ours may read, [chat] for the others. */
    fun choosing(chat: ChatterLists): ChatterLists =
        if (chatters == null) chat else ChatterChoice({ chatters.isPossible }, chatters::chatters, chat)

    /** Has Twitch validate all tokens. Fails with [WrongCredentials], or another [NoAnswer]. */
    fun validate(): CompletionStage<*> =
        CompletableFuture.allOf(app.validate().toCompletableFuture(), granted?.validate()?.toCompletableFuture() ?: NOTHING)

    /** Takes in which accounts have authorized us by now. Done every half minute without being asked. */
    fun look(): CompletionStage<*> = granted?.look() ?: NOTHING

    private fun tend(system: ActorSystem<*>, settings: SourcesSettings) {
        fun every(pause: Duration, task: () -> CompletionStage<*>) = system.scheduler().scheduleWithFixedDelay(
            Duration.ZERO,
            pause,
            { task().whenComplete { _, failure -> told(failure?.let { NoAnswer.of(it).reason }) } },
            system.executionContext(),
        )
        tasks = buildList {
            if (granted != null) add(every(LOOK_EVERY, ::look))
            if (settings.twitch.hasCredentials) add(every(settings.validateEvery) { look().thenCompose { validate() } })
        }
    }

    /** One line per trouble, not per try. */
    private fun told(reason: String?) {
        if (reason != null && reason != trouble) log.warn("tokens: {}", reason)
        trouble = reason
    }

    /** Ends its connections; questions that are not answered yet are not answered any more. */
    override fun close() {
        tasks.forEach { it.cancel() }
        http.close()
    }

    companion object {
        private val log = LoggerFactory.getLogger(Helix::class.java)
        private val LOOK_EVERY = Duration.ofSeconds(30)
        private val NOTHING = CompletableFuture.completedFuture(Unit)

        /**
         * Ready to be asked, within the budgets of the whole cluster of [system]. Validates tokens at once and every hour, when there
         * are credentials.
         *
         * @param grants of accounts that have authorized us; null: none
         * @param role that the nodes have that ask Twitch; null: all. One of them keeps the budgets
         */
        fun start(system: ActorSystem<*>, settings: SourcesSettings, grants: UserGrantStore?, role: String?): Helix {
            val figures = BudgetFigures()
            val keeper = BudgetKeeper.init(system, settings.pointsPerMinute, role)
            val leases = system.systemActorOf(PointLeases.create(keeper, settings.budgetPatience, figures), "twitch-points", Props.empty())
            val http = TwitchHttp(settings)
            val calls = HelixCalls(settings, http, LeasedPoints(leases, system.executionContext()))
            val oauth = TwitchOAuth(settings, http)
            val app = AppToken(oauth)
            val granted = grants?.let { GrantedTokens(it, oauth, http) }
            val chatters = granted?.let { HelixChatters(calls, it, settings.notPermittedFor) }
            return Helix(http, app, granted, chatters, HelixTwitch(calls, app), figures).also { it.tend(system, settings) }
        }
    }
}
