package twitchactors.twitch

import java.util.concurrent.ConcurrentHashMap

/** What stands before every endpoint of Helix: token, client, budget. [now] is milliseconds of the time of limits. */
internal class HelixGate(
    private val settings: SimulatedTwitchSettings,
    private val tokens: Tokens,
    private val accounts: Accounts,
    private val faults: Faults,
    private val now: () -> Long,
) {
    /** A request that may be answered. */
    class Call(val asked: Asked, val moment: Moment, val token: Token)

    private val all = ConcurrentHashMap<String, Budget>()

    /** By name: `app`, or `user:` and a login. */
    val budgets: Map<String, Budget> get() = all

    fun answer(asked: Asked, moment: Moment, endpoint: (Call) -> Reply): Reply {
        val token = try {
            token(asked)
        } catch (refusal: Refusal) {
            return Reply.error(refusal.status, refusal.message)
        }
        val state = all.computeIfAbsent(token.budget(accounts)) { Budget(settings.pointsPerMinute, now) }.take()
        val reply = when {
            !state.granted -> TOO_MANY
            faults.hits(FaultKind.TOO_MANY_REQUESTS, asked.path) { named(asked) } != null -> TOO_MANY
            else -> try {
                endpoint(Call(asked, moment, token))
            } catch (refusal: Refusal) {
                Reply.error(refusal.status, refusal.message)
            }
        }
        return reply.with(
            listOf(
                "Ratelimit-Limit" to state.limit.toString(),
                "Ratelimit-Remaining" to (if (reply === TOO_MANY) 0 else state.remaining).toString(),
                "Ratelimit-Reset" to state.reset.toString(),
            ),
        )
    }

    /** The streamers that a request names, for faults that are about one. */
    fun named(asked: Asked): List<String> = asked.all("user_login") + asked.all("login") +
        (asked.all("broadcaster_id") + asked.all("user_id") + asked.all("id")).mapNotNull { id ->
            id.toLongOrNull()?.let { accounts.numberOfId(it) }?.let { accounts.login(it) }
        }

    private fun token(asked: Asked): Token {
        val authorization = asked.header("authorization") ?: throw Refusal(401, "OAuth token is missing")
        val client = asked.header("client-id") ?: throw Refusal(401, "Client ID is missing")
        val value = authorization.removePrefix("Bearer ").takeIf { it != authorization }
        val token = value?.let { tokens.find(it) } ?: throw INVALID_TOKEN
        if (client != SimulatedTwitchSettings.CLIENT_ID) throw Refusal(401, "Client ID and OAuth token do not match")
        if (faults.hits(FaultKind.EXPIRED_TOKEN, asked.path) { named(asked) } != null) {
            tokens.expire(token)
            throw INVALID_TOKEN
        }
        return token
    }

    private companion object {
        val INVALID_TOKEN = Refusal(401, "Invalid OAuth token")
        val TOO_MANY = Reply.error(429, "Too Many Requests")
    }
}
