package twitchactors.sources

import java.util.concurrent.CompletionStage

/** Where grants are kept for the whole cluster. Nothing here blocks its caller. */
interface UserGrantStore {
    fun all(): CompletionStage<List<UserGrant>>

    /** Null when it is not there any more. */
    fun of(userId: String): CompletionStage<UserGrant?>

    /** Claims that pair of tokens to renew it, for half a minute; false when another node does, or has. */
    fun claim(userId: String, version: Long): CompletionStage<Boolean>

    /** Gives a claim up without a new pair. */
    fun release(userId: String, version: Long): CompletionStage<*>

    /** Puts a new pair in the place of that version; false when that is no longer there. */
    fun replace(userId: String, version: Long, token: IssuedToken): CompletionStage<Boolean>

    /** Notes that Twitch does not renew that pair any more. */
    fun withdraw(userId: String, version: Long): CompletionStage<*>
}
