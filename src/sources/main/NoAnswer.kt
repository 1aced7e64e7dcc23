package twitchactors.sources

import java.io.IOException

/**
 * Twitch was asked and gave no answer that can be used.
 *
 * @param reason for people, in a few words without names of viewers or secrets, such as `Twitch answered 503`: the reason of a gap
 */
class NoAnswer(val reason: String, cause: Throwable? = null) : IOException(reason, cause)
