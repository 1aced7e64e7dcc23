package twitchactors.sources

import java.util.concurrent.CompletionStage

/** With which token, and so from which budget, Helix is asked. */
internal interface HelixToken {
    /** Name of the budget. */
    val budget: String

    /** The token to ask with; fails with [NoAnswer] when there is none. */
    fun access(): CompletionStage<Secret>

    /** The token instead of [refused], which Twitch does not take any more. */
    fun instead(refused: Secret): CompletionStage<Secret>
}
