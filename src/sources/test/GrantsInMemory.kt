package twitchactors.sources

import java.time.Instant
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.concurrent.ConcurrentHashMap

/** Keeps grants as the database does, for nodes of one JVM. */
internal class GrantsInMemory : UserGrantStore {
    val grants = ConcurrentHashMap<String, UserGrant>()
    private val claims = HashSet<Pair<String, Long>>()

    fun put(grant: UserGrant) {
        grants[grant.userId] = grant
    }

    override fun all() = done(grants.values.toList())

    override fun of(userId: String): CompletionStage<UserGrant?> = done(grants[userId])

    @Synchronized
    override fun claim(userId: String, version: Long) = done(grants[userId]?.version == version && claims.add(userId to version))

    @Synchronized
    override fun release(userId: String, version: Long) = done(claims.remove(userId to version))

    @Synchronized
    override fun replace(userId: String, version: Long, token: IssuedToken): CompletionStage<Boolean> {
        val there = grants[userId]?.takeIf { it.version == version } ?: return done(false)
        val refresh = checkNotNull(token.refresh)
        grants[userId] =
            there.copy(access = token.access, refresh = refresh, expiresAt = Instant.now() + token.lives, version = version + 1)
        return done(true)
    }

    override fun withdraw(userId: String, version: Long) =
        done(grants.computeIfPresent(userId) { _, grant -> if (grant.version == version) grant.copy(isWithdrawn = true) else grant })

    private fun <T> done(value: T): CompletionStage<T> = CompletableFuture.completedFuture(value)
}
