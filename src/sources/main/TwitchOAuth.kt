package twitchactors.sources

import twitchactors.sources.JsonReply.number
import twitchactors.sources.JsonReply.text
import twitchactors.sources.JsonReply.texts
import java.time.Duration
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage

/** Twitch's OAuth endpoints, as their documentation says. All that fails is a [NoAnswer]; no secret is in any of them. */
class TwitchOAuth internal constructor(private val settings: SourcesSettings, private val http: TwitchHttp) : AutoCloseable {
    private val retries = Retries(http, settings.retries, settings.retryAfter)

    /** With connections of its own, for who asks for nothing else. */
    constructor(settings: SourcesSettings) : this(settings, TwitchHttp(settings))

    /** A new app token. Fails with a [NoAnswer] that says what to do when the credentials are wrong. */
    fun appToken(): CompletionStage<IssuedToken> {
        if (!settings.twitch.hasCredentials) return CompletableFuture.failedFuture(NoAnswer("the client id or its secret is not set"))
        return token("grant_type" to "client_credentials").exceptionallyCompose { failure ->
            throw TwitchCredentials.explained(NoAnswer.of(failure))
        }
    }

    /** Begins to ask a user for [scopes]. */
    fun device(scopes: Set<String>): CompletionStage<DeviceCode> =
        asked("/device", "client_id" to settings.twitch.clientId, "scopes" to scopes.joinToString(" ")) { reply ->
            val code = JsonReply.of(reply)
            DeviceCode(
                Secret(code.text("device_code") ?: throw unread()),
                code.text("user_code") ?: throw unread(),
                code.text("verification_uri") ?: throw unread(),
                Duration.ofSeconds(code.number("expires_in") ?: throw unread()),
                Duration.ofSeconds(code.number("interval") ?: USUAL_INTERVAL),
            )
        }.exceptionallyCompose { failure -> throw TwitchCredentials.explained(NoAnswer.of(failure)) }

    /** The token that a user has granted by [code]; null while they have not yet. Fails when the code is no longer good. */
    fun granted(code: DeviceCode): CompletionStage<IssuedToken?> = token("grant_type" to DEVICE, "device_code" to code.code.reveal())
        .handle { token, failure ->
            val reason = failure?.let { NoAnswer.of(it) }
            when {
                reason == null -> token
                reason is Refused && reason.said == PENDING -> null
                else -> throw reason
            }
        }

    /** A new token for [refresh], which works once. */
    fun renewed(refresh: Secret): CompletionStage<IssuedToken> = token("grant_type" to "refresh_token", "refresh_token" to refresh.reveal())

    /** Whose [access] is; null when Twitch does not take it any more. */
    fun owner(access: Secret): CompletionStage<TokenOwner?> = retries.run {
        http.get("${settings.twitch.oauth}/validate", "Authorization", "OAuth ${access.reveal()}").thenApply { reply ->
            if (reply.status == UNAUTHORIZED) return@thenApply null
            val owner = JsonReply.of(checked(reply))
            TokenOwner(
                owner.text("client_id").orEmpty(),
                owner.text("user_id"),
                owner.text("login"),
                owner.texts("scopes").toSet(),
                Duration.ofSeconds(owner.number("expires_in") ?: throw unread()),
            )
        }
    }

    private fun token(vararg fields: Pair<String, String>): CompletionStage<IssuedToken> {
        val secret = settings.twitch.clientSecret.takeUnless { it.isEmpty }?.let { arrayOf("client_secret" to it.reveal()) }.orEmpty()
        return asked("/token", "client_id" to settings.twitch.clientId, *secret, *fields) { reply ->
            val token = JsonReply.of(reply)
            IssuedToken(
                Secret(token.text("access_token") ?: throw unread()),
                token.text("refresh_token")?.let(::Secret),
                Duration.ofSeconds(token.number("expires_in") ?: throw unread()),
                token.texts("scope").toSet(),
            )
        }
    }

    private fun <T> asked(path: String, vararg fields: Pair<String, String>, read: (HttpReply) -> T): CompletionStage<T> =
        retries.run { http.post(settings.twitch.oauth + path, *fields).thenApply { read(checked(it)) } }

    private fun checked(reply: HttpReply): HttpReply = when (reply.status) {
        in 200..299 -> reply
        TOO_MANY, in 500..599 -> throw NoAnswerYet("Twitch's OAuth answered ${reply.status}")
        else -> throw Refused(reply.status, JsonReply.message(reply))
    }

    private fun unread() = NoAnswerYet("Twitch's answer cannot be read")

    override fun close() = http.close()

    companion object {
        /** The scope that an account has to grant for us to read who is in the chats that it moderates. */
        const val READ_CHATTERS = "moderator:read:chatters"
        private const val DEVICE = "urn:ietf:params:oauth:grant-type:device_code"
        private const val PENDING = "authorization_pending"
        private const val UNAUTHORIZED = 401
        private const val TOO_MANY = 429
        private const val USUAL_INTERVAL = 5L
    }
}
