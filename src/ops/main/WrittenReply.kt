package twitchactors.ops

import kotlinx.serialization.json.Json
import twitchactors.pbm.ReplyPart
import java.io.IOException
import java.io.OutputStream
import java.util.concurrent.locks.ReentrantLock
import kotlin.concurrent.withLock

/** A reply that is written to [out], a line of JSON for each part; an empty line now and then shows whether anybody still reads. */
internal class WrittenReply(private val out: OutputStream, private val json: Boolean) : Replies {
    private val writing = ReentrantLock()

    @Volatile
    private var isBroken = false

    @Volatile
    private var isEnding = false

    override val isOpen: Boolean get() = !isBroken && !isEnding

    override fun next(answer: Answer) {
        if (json) {
            write(ReplyPart.Line(Json.encodeToString(answer.json)))
        } else {
            answer.lines.forEach { write(ReplyPart.Line(it)) }
        }
    }

    override fun news(line: String) = write(ReplyPart.News(line))

    /** Writes the empty line, unless something is being written just now, as to one who has stopped reading. */
    fun pulse() {
        if (!writing.tryLock()) return
        try {
            write("\n")
        } finally {
            writing.unlock()
        }
    }

    /** Asks for its end. */
    fun askForEnd() {
        isEnding = true
    }

    /** Writes the last part. */
    fun end(end: ReplyPart.End) = write(end)

    private fun write(part: ReplyPart) = write(part.json() + "\n")

    private fun write(text: String) = writing.withLock {
        if (!isBroken) {
            try {
                out.write(text.toByteArray())
                out.flush()
            } catch (_: IOException) {
                isBroken = true
            }
        }
    }
}
