package twitchactors.node

import twitchactors.sources.IssuedToken
import twitchactors.sources.Secret
import twitchactors.sources.UserGrant
import twitchactors.sources.UserGrantStore
import twitchactors.store.UserToken
import twitchactors.store.UserTokens
import java.time.Duration
import java.time.Instant
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.concurrent.Executor

/** Grants of users as MariaDB has them; [blocking] runs what waits for it. */
internal class UserGrants(private val tokens: UserTokens, private val blocking: Executor) : UserGrantStore {
    override fun all(): CompletionStage<List<UserGrant>> = stage { tokens.all().map(::grant) }

    override fun of(userId: String): CompletionStage<UserGrant?> = stage { tokens.of(userId)?.let(::grant) }

    override fun claim(userId: String, version: Long): CompletionStage<Boolean> = stage { tokens.claim(userId, version, CLAIM_LASTS) }

    override fun release(userId: String, version: Long): CompletionStage<*> = stage { tokens.release(userId, version) }

    override fun replace(userId: String, version: Long, token: IssuedToken): CompletionStage<Boolean> = stage {
        val refresh = checkNotNull(token.refresh) { "a user's token without what renews it" }
        tokens.replace(userId, version, token.access.reveal(), refresh.reveal(), Instant.now() + token.lives)
    }

    override fun withdraw(userId: String, version: Long): CompletionStage<*> = stage { tokens.withdraw(userId, version) }

    private fun <T> stage(work: () -> T): CompletionStage<T> = CompletableFuture.supplyAsync(work, blocking)

    private fun grant(token: UserToken) = UserGrant(
        token.userId,
        token.login,
        token.scopes,
        Secret(token.access),
        Secret(token.refresh),
        token.expiresAt,
        token.version,
        token.isWithdrawn,
    )

    private companion object {
        val CLAIM_LASTS: Duration = Duration.ofSeconds(30)
    }
}
