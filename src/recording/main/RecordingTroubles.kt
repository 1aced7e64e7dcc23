package twitchactors.recording

import org.slf4j.LoggerFactory

/** Tells what keeps the recorder from going on: one line when it begins or changes, one when it is over. */
internal class RecordingTroubles(private val board: RecordingBoard) {
    /** Nothing is lost by it: Kafka keeps what is not written. */
    fun waits(what: String, cause: Throwable) {
        val reason = generateSequence(cause) { it.cause }.last().let { it.message ?: it.javaClass.simpleName }
        val line = "$what ($reason); it is tried again until it succeeds, and Kafka keeps the samples for as long as it is set to"
        if (board.trouble != line) log.warn(line)
        board.trouble = line
    }

    fun over() {
        if (board.trouble != null) log.warn("sample files are written again")
        board.trouble = null
    }

    private companion object {
        val log = LoggerFactory.getLogger(RecordingTroubles::class.java)!!
    }
}
