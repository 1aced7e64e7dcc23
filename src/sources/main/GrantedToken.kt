package twitchactors.sources

import java.time.Duration
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage

/**
 * The token of one account, renewed when Twitch does not take it. Of all nodes one renews it, for what renews it works once; the
 * others wait for what that one stores.
 */
internal class GrantedToken(
    grant: UserGrant,
    private val store: UserGrantStore,
    private val oauth: TwitchOAuth,
    private val http: TwitchHttp,
) : HelixToken {
    @Volatile
    var grant: UserGrant = grant
        private set
    private var renewing: CompletableFuture<Secret>? = null

    override val budget: String = "user:${grant.userId}"

    /** Takes over what is stored, unless what is here is newer. */
    @Synchronized
    fun adopt(stored: UserGrant) {
        if (stored.version > grant.version || stored.version == grant.version && stored.isWithdrawn) grant = stored
    }

    override fun access(): CompletionStage<Secret> =
        if (grant.isWithdrawn) CompletableFuture.failedFuture(withdrawn()) else CompletableFuture.completedFuture(grant.access)

    override fun instead(refused: Secret): CompletionStage<Secret> {
        val result = synchronized(this) {
            if (grant.access != refused) return access()
            renewing?.let { return it }
            CompletableFuture<Secret>().also { renewing = it }
        }
        renewed(refused, WAITS).whenComplete { access, failure ->
            synchronized(this) { renewing = null }
            if (failure == null) result.complete(access) else result.completeExceptionally(NoAnswer.of(failure))
        }
        return result
    }

    /** @param waits how often to look again whether another node has renewed it */
    private fun renewed(refused: Secret, waits: Int): CompletionStage<Secret> = store.of(grant.userId).thenCompose { stored ->
        when {
            stored == null || stored.isWithdrawn -> throw withdrawn()
            stored.access != refused -> adopted(stored)
            else -> store.claim(stored.userId, stored.version).thenCompose { isOurs ->
                when {
                    isOurs -> renew(stored)
                    waits == 0 -> throw NoAnswerYet("a user's token is being renewed for too long")
                    else -> later { renewed(refused, waits - 1) }
                }
            }
        }
    }

    private fun renew(claimed: UserGrant): CompletionStage<Secret> = oauth.renewed(claimed.refresh).handle { token, failure ->
        val reason = failure?.let { NoAnswer.of(it) }
        when {
            // Twitch may leave what renews it as it was.
            reason == null -> store(claimed, IssuedToken(token.access, token.refresh ?: claimed.refresh, token.lives, token.scopes))
            reason is Refused -> store.withdraw(claimed.userId, claimed.version).thenApply<Secret> {
                adopt(claimed.copy(isWithdrawn = true))
                throw withdrawn()
            }
            else -> store.release(claimed.userId, claimed.version).thenApply<Secret> { throw reason }
        }
    }.thenCompose { it }

    private fun store(claimed: UserGrant, token: IssuedToken): CompletionStage<Secret> =
        store.replace(claimed.userId, claimed.version, token).thenCompose { isReplaced ->
            // Not when the account has granted anew meanwhile: then that is the one to use.
            if (!isReplaced) throw NoAnswerYet("the account has authorized us anew just now")
            store.of(claimed.userId).thenCompose { stored -> adopted(stored ?: throw withdrawn()) }
        }

    private fun adopted(stored: UserGrant): CompletionStage<Secret> {
        adopt(stored)
        return access()
    }

    private fun <T> later(what: () -> CompletionStage<T>): CompletionStage<T> {
        val pause = CompletableFuture<Unit>()
        http.after(LOOK_AGAIN) { pause.complete(Unit) }
        return pause.thenCompose { what() }
    }

    private fun withdrawn() = NoAnswer("the authorization of an account has ended; run 'twitchactors authorize' again")

    private companion object {
        val LOOK_AGAIN: Duration = Duration.ofMillis(250)

        /** A little longer than a claim lasts. */
        const val WAITS = 140
    }
}
