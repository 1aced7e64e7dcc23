package twitchactors.twitch

/** Ends the making of a Helix reply with an error: not a failure, so without a stack trace. */
internal class Refusal(val status: Int, override val message: String) : RuntimeException(message, null, false, false)
