package twitchactors.sources

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Test
import java.sql.SQLTransientConnectionException
import java.util.concurrent.CompletionException
import java.util.concurrent.ExecutionException
import java.util.concurrent.RejectedExecutionException

class NoAnswerTest {
    @Test
    fun `a failure has a reason for people, without what was sent`() {
        val reasons = mapOf(
            RejectedExecutionException("task") to "this node was ending",
            SQLTransientConnectionException("pool") to "MariaDB, which keeps tokens, did not answer",
            IllegalStateException("oauth:secret") to "asking Twitch failed: IllegalStateException",
        )
        for ((failure, reason) in reasons) assertEquals(reason, NoAnswer.of(CompletionException(ExecutionException(failure))).reason)
        val known = NoAnswer("Twitch answered 503")
        assertSame(known, NoAnswer.of(CompletionException(known)))
    }
}
