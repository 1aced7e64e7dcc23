package twitchactors.sources

import java.io.IOException
import java.util.concurrent.CompletionException
import java.util.concurrent.ExecutionException

/**
 * Twitch was asked and gave no answer that can be used.
 *
 * @param reason for people, in a few words without names of viewers or secrets, such as `Twitch answered 503`: the reason of a gap
 */
open class NoAnswer(val reason: String, cause: Throwable? = null) : IOException(reason, cause) {
    /** Whether Twitch answered that it will not do it: asking again does not help. */
    val isRefusal: Boolean get() = this is Refused

    companion object {
        /** What a stage failed with, out of what the JDK wraps around it; for any other failure a [NoAnswer] that names its kind. */
        fun of(failure: Throwable): NoAnswer {
            var inner = failure
            while (inner is CompletionException || inner is ExecutionException) inner = inner.cause ?: break
            // Its message may hold what was sent.
            return inner as? NoAnswer ?: NoAnswer("asking Twitch failed: ${inner.javaClass.simpleName}", inner)
        }
    }
}

/** No answer this time; the same question may be answered when it is asked again. */
internal class NoAnswerYet(reason: String, cause: Throwable? = null) : NoAnswer(reason, cause)

/**
 * Twitch answered that it will not do what it was asked.
 *
 * @param status of HTTP, 400 to 499
 * @param said by Twitch, such as `invalid client secret`
 */
internal class Refused(val status: Int, val said: String) : NoAnswer("Twitch answered $status${if (said.isEmpty()) "" else ": $said"}")
