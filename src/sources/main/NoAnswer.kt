package twitchactors.sources

import java.io.IOException
import java.sql.SQLException
import java.util.concurrent.CompletionException
import java.util.concurrent.ExecutionException
import java.util.concurrent.RejectedExecutionException

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
            return inner as? NoAnswer ?: NoAnswer(reason(inner), inner)
        }

        private fun reason(failure: Throwable): String = when (failure) {
            is RejectedExecutionException -> "this node was ending"
            is SQLException -> "MariaDB, which keeps tokens, did not answer"
            // Its message may hold what was sent.
            else -> "asking Twitch failed: ${failure.javaClass.simpleName}"
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
