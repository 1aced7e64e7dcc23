package twitchactors.node

import com.github.ajalt.clikt.core.Context
import com.github.ajalt.clikt.core.CoreCliktCommand
import com.github.ajalt.clikt.parameters.options.default
import com.github.ajalt.clikt.parameters.options.flag
import com.github.ajalt.clikt.parameters.options.option
import com.github.ajalt.clikt.parameters.types.long
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.add
import kotlinx.serialization.json.addJsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray
import twitchactors.domain.BadInput
import twitchactors.sources.DeviceCode
import twitchactors.sources.IssuedToken
import twitchactors.sources.NoAnswer
import twitchactors.sources.TwitchCredentials
import twitchactors.sources.TwitchOAuth
import twitchactors.sources.WrongCredentials
import twitchactors.store.UserToken
import twitchactors.store.UserTokens
import java.nio.file.Path
import java.time.Duration
import java.util.concurrent.CompletionStage
import java.util.concurrent.CountDownLatch
import java.util.concurrent.ExecutionException
import java.util.concurrent.TimeUnit

/** `authorize`: an account of Twitch grants us to read who is in its chat and in those that it moderates. */
class AuthorizeCommand : CoreCliktCommand(name = "authorize") {
    private val list by option("--list", help = "change nothing; show which accounts have authorized us, for what and until when").flag()
    private val remove by option("--remove", metavar = "LOGIN", help = "forget the authorization of this account")
    private val json by option("--json", help = "print one JSON document").flag()
    private val data by option("--data", metavar = "DIR", help = "the data folder (default data)").default("data")
    private val timeout by option("--timeout", metavar = "S", help = "seconds to wait at most for the grant").long()

    override fun help(context: Context) = """
        Lets a streamer or a moderator grant us to read who is in a chat.

        Prints an address to be opened in a browser, in which somebody who is logged in to Twitch agrees; waits for that, and stores the tokens encrypted. From then on the chatters of that account's own channel and of all that it moderates are read in full. It needs the client id of an application, in TWITCHACTORS_TWITCH_CLIENT_ID.

        Examples:
          twitchactors authorize
          twitchactors authorize --list --json
          twitchactors authorize --remove somebody
    """.trimIndent()

    override fun run() {
        val configuration = Configuration.of(Path.of(data), simulated = Simulation.ofEnvironment())
        val sources = configuration.sources
        val changesNothing = list || remove != null
        if (!changesNothing && sources.twitch.clientId.isEmpty()) {
            throw BadInput(TwitchCredentials.missing(sources.twitch, authorized = null).first())
        }
        Running.start(configuration).use { running ->
            val tokens = running.stores.userTokens
            when {
                list -> show(tokens.all())
                remove != null -> forget(tokens, checkNotNull(remove))
                else -> TwitchOAuth(sources).use { oauth -> show(listOf(authorize(oauth, tokens))) }
            }
        }
    }

    private fun authorize(oauth: TwitchOAuth, tokens: UserTokens): UserToken {
        val code = answer(oauth.device(setOf(TwitchOAuth.READ_CHATTERS)))
        echo("Open this address, log in to Twitch as the streamer or a moderator, and agree:", err = json)
        echo("  ${code.address}", err = json)
        echo("It may ask for the code ${code.userCode}, which is good for ${code.lives.toMinutes()} minutes.", err = json)
        val token = granted(oauth, code)
        return NewGrant.keep(tokens, token, answer(oauth.owner(token.access)))
    }

    private fun granted(oauth: TwitchOAuth, code: DeviceCode): IssuedToken {
        val began = System.nanoTime()
        fun seconds() = (System.nanoTime() - began) / NANOS
        val lives = minOf(code.lives.toSeconds(), timeout ?: Long.MAX_VALUE)
        Progress("waiting for the grant (seconds)", lives).use { progress ->
            while (true) {
                val token = try {
                    answer(oauth.granted(code))
                } catch (refused: BadInput) {
                    throw BadInput("${refused.message}: the code was not entered in time, or was denied; run this command again", refused)
                }
                if (token != null) return token
                if (timeout?.let { seconds() >= it } == true) {
                    System.err.println("twitchactors: nobody agreed within $timeout s; nothing was changed, run this command again")
                    throw Ended(Exit.TIMED_OUT)
                }
                CountDownLatch(1).await(minOf(code.askEvery, LONGEST_PAUSE).toMillis(), TimeUnit.MILLISECONDS)
                progress.reach(seconds())
            }
        }
    }

    private fun <T> answer(asked: CompletionStage<T>): T = try {
        asked.toCompletableFuture().get()
    } catch (failure: ExecutionException) {
        val none = NoAnswer.of(failure)
        throw if (none is WrongCredentials || none.isRefusal) BadInput(none.reason, none) else none
    }

    private fun forget(tokens: UserTokens, login: String) {
        // A token that is damaged cannot be read, but its account can be named.
        val userId = runCatching { tokens.all() }.getOrDefault(emptyList()).find { it.login == login.lowercase() }?.userId ?: login
        if (!tokens.remove(userId)) throw BadInput("--remove $login: no such account has authorized us; see 'authorize --list'")
        if (json) echo(buildJsonObject { put("removed", login) }.toString()) else echo("$login is forgotten")
    }

    private fun show(tokens: List<UserToken>) {
        if (json) return echo(document(tokens).toString())
        if (tokens.isEmpty()) echo("no account has authorized us; 'authorize' lets one do so")
        for (token in tokens) {
            val state = if (token.isWithdrawn) "has ended: authorize again" else "is renewed by itself, the next time by ${token.expiresAt}"
            echo("${token.login}: own channel and those it moderates; ${token.scopes.sorted().joinToString(" ")}; $state")
        }
    }

    private fun document(tokens: List<UserToken>): JsonObject = buildJsonObject {
        putJsonArray("accounts") {
            tokens.forEach { token ->
                addJsonObject {
                    put("login", token.login)
                    put("user_id", token.userId)
                    putJsonArray("scopes") { token.scopes.sorted().forEach { add(it) } }
                    put("expires_at", token.expiresAt.toString())
                    put("ended", token.isWithdrawn)
                }
            }
        }
    }

    private companion object {
        const val NANOS = 1_000_000_000L
        val LONGEST_PAUSE: Duration = Duration.ofSeconds(30)
    }
}
