package twitchactors.sources

import java.time.Duration
import java.time.Instant
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.concurrent.ConcurrentHashMap

/** The tokens of all accounts that have authorized us. Knows of them by [look], to be called now and then. */
internal class GrantedTokens(private val store: UserGrantStore, private val oauth: TwitchOAuth, private val http: TwitchHttp) {
    private val tokens = ConcurrentHashMap<String, GrantedToken>()

    /** Those that may do what [scope] says, in an order that stays. */
    fun able(scope: String): List<GrantedToken> =
        tokens.values.filter { scope in it.grant.scopes && !it.grant.isWithdrawn }.sortedBy { it.grant.userId }

    /** Takes in what is stored, which any node or command may have changed, and renews what is about to expire by [now]. */
    fun look(now: Instant = Instant.now()): CompletionStage<*> = store.all().thenCompose { stored ->
        tokens.keys.retainAll(stored.mapTo(HashSet()) { it.userId })
        for (grant in stored) tokens.computeIfAbsent(grant.userId) { GrantedToken(grant, store, oauth, http) }.adopt(grant)
        val expiring = tokens.values.filter { !it.grant.isWithdrawn && it.grant.expiresAt.isBefore(now.plus(EARLY)) }
        settled(expiring.map { it.instead(it.grant.access) })
    }

    /** Has Twitch validate all of them; one that it does not take is renewed. */
    fun validate(): CompletionStage<*> = settled(
        tokens.values.filter { !it.grant.isWithdrawn }.map { token ->
            val access = token.grant.access
            oauth.owner(access).thenCompose { owner -> if (owner == null) token.instead(access) else token.access() }
        },
    )

    /** Completes when all have an answer; fails with the first failure. */
    private fun settled(all: List<CompletionStage<*>>): CompletionStage<*> =
        CompletableFuture.allOf(*all.map { it.toCompletableFuture() }.toTypedArray())

    private companion object {
        /** Several looks before it expires. */
        val EARLY: Duration = Duration.ofMinutes(5)
    }
}
