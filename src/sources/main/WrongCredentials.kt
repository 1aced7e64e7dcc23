package twitchactors.sources

/** Twitch does not know the client id or its secret. The reason says which one, and what to do. */
class WrongCredentials internal constructor(reason: String, cause: Throwable) : NoAnswer(reason, cause)
