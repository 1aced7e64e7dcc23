package twitchactors.twitch

import twitchactors.domain.ByteSink
import twitchactors.domain.Slot
import java.io.IOException
import java.nio.ByteBuffer
import java.nio.channels.FileChannel
import java.nio.file.Path
import java.nio.file.StandardOpenOption.APPEND
import java.nio.file.StandardOpenOption.CREATE
import java.util.concurrent.atomic.AtomicLong

/**
 * What a simulated Twitch has served, as JSON lines, so that what a system made of it can be checked. A line is written when the
 * connection has taken the last byte of a reply, so a reply that was cut is not in it; what a client does with it is not known
 * here. Every line has `day`, `slot` (of the listing: all pages of one have the same), `source` and `names`. By `source`:
 *
 * - `chatters`: logins of one page of Get Chatters; `streamer`, `from` (place of the first in the list), `total` (length of the list)
 * - `names`: logins of one NAMES list, without the client's own; `streamer`, `complete` (false above 1,000 chatters: operators only)
 * - `joins`, `parts`: logins that were announced to one connection; `streamer`
 * - `messages`: authors of chat messages, in the slot of their `tmi-sent-ts`; `streamer`
 * - `streams`: streamers of one page of Get Streams; `viewers`, their live viewers in the same order
 *
 * A list of chatters was served as a whole when its pages cover 0 until `total`. Logins are the simulation's, of nobody who exists.
 */
internal class ServedLog private constructor(private val channel: FileChannel?) : AutoCloseable {
    private val written = AtomicLong()

    /** False: nobody needs the lines. */
    val isOn: Boolean get() = channel != null
    val lines: Long get() = written.get()

    /** A line that waits for its reply to be completed. */
    class Line(val bytes: ByteSink)

    /** Begins a line; [names] appends logins to it, each by [name]. Null when there is no log. */
    fun line(moment: Moment, source: String, streamer: String? = null, more: ByteSink.() -> Unit = {}, names: Names.() -> Unit): Line? =
        if (isOn) Line(begun(moment, source, streamer, more).also { Names(it).names() }.also { it.text("]}\n") }) else null

    private fun begun(moment: Moment, source: String, streamer: String?, more: ByteSink.() -> Unit): ByteSink {
        val sink = ByteSink(1 shl 10)
        sink.text("{\"day\":\"${moment.day.day}\",\"slot\":${moment.number % Slot.PER_DAY},\"source\":\"$source\"")
        if (streamer != null) sink.text(",\"streamer\":\"$streamer\"")
        sink.more()
        sink.text(",\"names\":[")
        return sink
    }

    /** The names of a line. */
    class Names(val sink: ByteSink) {
        private var isFirst = true

        inline fun name(append: (ByteSink) -> Unit) {
            begin()
            append(sink)
            sink.ascii('"')
        }

        @PublishedApi
        internal fun begin() {
            if (!isFirst) sink.ascii(',')
            sink.ascii('"')
            isFirst = false
        }
    }

    /** Writes [line] at once, in one piece: what was served is in the file even if the process is killed. */
    fun write(line: Line) {
        val channel = channel ?: return
        val buffer = ByteBuffer.wrap(line.bytes.array, 0, line.bytes.size)
        synchronized(this) { while (buffer.hasRemaining()) channel.write(buffer) }
        written.incrementAndGet()
    }

    override fun close() {
        channel?.close()
    }

    companion object {
        /** A log at the end of [file]; null logs nothing. @throws IOException when it cannot be written */
        fun open(file: Path?): ServedLog = ServedLog(file?.let { FileChannel.open(it, CREATE, APPEND) })
    }
}
