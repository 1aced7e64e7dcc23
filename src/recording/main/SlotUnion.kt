package twitchactors.recording

import twitchactors.archive.FileBytes
import twitchactors.archive.NameReader
import twitchactors.archive.NotASampleFile
import twitchactors.archive.SampleFields
import twitchactors.archive.SampleFile
import twitchactors.archive.SampleScanner
import twitchactors.domain.ByteSink
import twitchactors.domain.Login
import twitchactors.domain.LoginFilter
import twitchactors.domain.LoginOrder
import twitchactors.domain.LoginTable
import twitchactors.domain.LoginWords
import twitchactors.topics.Logins
import twitchactors.topics.wire.Sample
import java.io.IOException
import java.nio.channels.FileChannel
import java.nio.file.Path
import java.nio.file.StandardOpenOption.READ
import java.util.TreeMap

/**
 * Puts together what files and samples say of one slot, and writes it as the bytes of its file. The same set of samples gives the
 * same bytes, in whatever order and how often they come, and however many of them are in a file already. Its buffers are used again
 * and again; for one thread.
 *
 * @param partBytes a file that would be larger goes on in another one of the same slot: one over [SampleFile.MAX_BYTES] would
 *   count for nothing
 */
internal class SlotUnion(private val partBytes: Int = PART_BYTES) {
    private class Streamer {
        var facts: SampleFacts? = null

        /** Lists of samples, .. */
        val lists = ArrayList<Logins>()

        /** .. and of files, as first byte and end in [lines]. */
        val spans = ArrayList<IntRange>()

        fun add(found: SampleFacts) {
            if (facts.let { it == null || it < found }) facts = found
        }
    }

    private val streamers = TreeMap<Login, Streamer>()
    private val scanner = SampleScanner()
    private val read = FileBytes()
    private val names = NameReader()
    private val lines = ByteSink(1 shl 16)
    private val table = LoginTable()
    private val json = ByteSink(1 shl 16)

    /** Begins with nothing. */
    fun clear() {
        streamers.clear()
        lines.clear()
    }

    /** Adds a whole sample, a chunk of a whole poll, or a gap. A streamer who was offline is not in a file, but the slot has one. */
    fun add(sample: Sample) {
        if (sample.offline) return
        val streamer = streamers.getOrPut(Login.require(sample.streamer)) { Streamer() }
        streamer.add(SampleFacts.of(sample))
        if (sample.gap.isEmpty()) streamer.lists += Logins.of(sample.logins)
    }

    /**
     * Adds what [file] says.
     *
     * @throws NotASampleFile when it counts for nothing; then nothing was added
     * @throws IOException when it cannot be read
     */
    fun add(file: Path) {
        val length = FileChannel.open(file, READ).use { channel ->
            if (channel.size() > SampleFile.MAX_BYTES) throw NotASampleFile("is larger than ${SampleFile.MAX_BYTES shr 20} MiB")
            channel.size().toInt().also { read.read(channel, 0, it) }
        }
        val scan = scanner.scan(read.array, length)
        val fields = SampleFields(read.array, scan)
        for (entry in 0 until scan.size) {
            val streamer = streamers.getOrPut(scan.streamer(entry)) { Streamer() }
            streamer.add(SampleFacts.of(fields, entry, scan.isGap(entry), scan.reason(entry)))
            if (scan.isGap(entry)) continue
            val from = lines.size
            names.append(read.array, scan.from(entry), scan.to(entry), lines)
            streamer.spans += from until lines.size
        }
    }

    /** The content of the slot's files, nearly always of one, streamers and logins in bytewise order, without those who are kept out. */
    fun write(admits: LoginFilter): List<ByteArray> {
        val parts = ArrayList<ByteArray>(1)
        json.clear()
        json.ascii('{')
        for ((login, streamer) in streamers) {
            val facts = checkNotNull(streamer.facts)
            begin(login, facts)
            if (facts.isGap) json.text("null}") else chatters(login, streamer, facts, admits, parts)
        }
        json.ascii('}')
        parts += json.copy()
        return parts
    }

    private fun begin(login: Login, facts: SampleFacts) {
        if (json.size > 1) json.ascii(',')
        json.text("\"$login\":")
        facts.writeTo(json)
    }

    private fun chatters(login: Login, streamer: Streamer, facts: SampleFacts, admits: LoginFilter, parts: MutableList<ByteArray>) {
        table.clear()
        streamer.lists.forEach { intern(it, admits) }
        streamer.spans.forEach { intern(Logins(lines.array, it.first, maxOf(it.first, it.last)), admits) }
        json.ascii('[')
        var first = true
        for (id in LoginOrder.of(table)) {
            if (json.size >= partBytes) {
                json.text("]}}")
                parts += json.copy()
                json.clear()
                json.ascii('{')
                begin(login, facts)
                json.ascii('[')
                first = true
            }
            if (!first) json.ascii(',')
            first = false
            json.room(LoginWords.BYTES + 2)
            json.ascii('"')
            json.advance(table.copy(id, json.array, json.size))
            json.ascii('"')
        }
        json.text("]}")
    }

    private fun intern(logins: Logins, admits: LoginFilter) {
        val bytes = logins.bytes
        logins.forEach { from, to ->
            if (admits.admits(bytes, from, to)) {
                table.intern(
                    LoginWords.of(bytes, from, to, 0),
                    LoginWords.of(bytes, from, to, 1),
                    LoginWords.of(bytes, from, to, 2),
                    LoginWords.of(bytes, from, to, 3),
                )
            }
        }
    }

    private companion object {
        /** Leaves room below the limit for the facts of one more streamer. */
        const val PART_BYTES = (SampleFile.MAX_BYTES - (1 shl 20)).toInt()
    }
}
