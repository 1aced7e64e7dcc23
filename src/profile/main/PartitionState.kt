package twitchactors.profile

import twitchactors.domain.ByteSink
import twitchactors.domain.DamagedForm
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.LoginFilter
import twitchactors.domain.OpenDay
import twitchactors.domain.OpenDayForm
import java.io.ByteArrayInputStream
import java.io.DataInputStream
import java.io.EOFException
import java.util.BitSet
import java.util.TreeMap

/**
 * All that one partition knows: its days, who has closed them, and as what they were last sealed. It reads no clock and does no
 * input or output; the same records in the same order give the same state. Not safe for use by several threads.
 *
 * @param keptOut who may not be known
 */
class PartitionState(val partition: Int, private var keptOut: KeptOut) {
    private val admits = LoginFilter { bytes, from, to -> keptOut.admits.admits(bytes, from, to) }

    /**
     * The version of the list of those kept out under which this state was made, sealed days included: less than the list's own
     * after an older checkpoint was read, until the sealed days were looked through and the list is [adopt]ed.
     */
    var keptOutVersion = 0L
        private set

    /** Ids of the latest drops of days, the oldest first. A splitter that starts again repeats them. */
    private val drops = LinkedHashSet<String>()

    private class KnownDay(val open: OpenDay) {
        var revision = 0
        var digest = ""

        /** Whether something new came since the last seal. */
        var changed = false

        /** By feed, the partitions of `samples` that are done with the day, and how many there are: feeds that are not done yet. */
        val closing = LinkedHashMap<String, Closing>()
    }

    private class Closing(val of: Int, val closed: BitSet)

    private val days = TreeMap<Day, KnownDay>()

    /** Of days that are not in memory, the feeds that are not done yet; the day that was forgotten first comes first. */
    private val closingAway = LinkedHashMap<Day, Map<String, Closing>>()

    /** The days in memory, ascending. */
    val knownDays: Set<Day> get() = days.navigableKeySet()

    /** Bytes of memory that the days hold. */
    val bytes: Long get() = days.values.sumOf { it.open.bytes }

    fun open(day: Day): OpenDay? = days[day]?.open

    /** The slots of [viewer], by day (`yyyy-MM-dd`) and streamer, as text like `12-40,55`; without days on which nobody saw the viewer. */
    fun profileOf(viewer: Login): Map<String, Map<String, String>> = days.entries.associate { (day, known) ->
        day.toString() to known.open.profileOf(viewer).entries.associate { (streamer, runs) -> streamer.name to text(runs) }
    }.filterValues { it.isNotEmpty() }

    private fun text(runs: List<IntRange>) = runs.joinToString(",") { if (it.first == it.last) "${it.first}" else "${it.first}-${it.last}" }

    /** What each day holds. */
    fun counts(): Map<Day, PartitionStatus.Counts> = days.mapValues { (_, known) ->
        known.open.let { PartitionStatus.Counts(it.viewerCount, it.pairCount, it.sightingCount) }
    }

    fun revision(day: Day): Int = days[day]?.revision ?: 0

    /**
     * From now on [list] says who is known, and nothing of this partition knows anybody of it any more, sealed days included: those
     * who are new on it are no viewers of this partition, or its days were read and sealed again without them.
     */
    fun adopt(list: KeptOut) {
        keptOut = list
        keptOutVersion = list.version
    }

    /** Takes [day] into memory: as it was sealed, or new. */
    fun remember(day: Day, sealed: SealedDay?) {
        check(day !in days) { "$day is known already" }
        val known = KnownDay(sealed?.let { OpenDayForm.read(it.form, admits = admits) } ?: OpenDay(day, admits))
        known.revision = sealed?.revision ?: 0
        known.digest = sealed?.digest.orEmpty()
        closingAway.remove(day)?.let(known.closing::putAll)
        days[day] = known
    }

    /** Adds that the viewers whose logins [each] gives (first byte and end in [bytes]) were seen with [streamer]; [day] is known. */
    inline fun see(day: Day, streamer: Login, slot: Int, bytes: ByteArray, each: ((from: Int, to: Int) -> Unit) -> Unit) {
        val open = openDay(day)
        val number = open.streamer(streamer)
        var changed = false
        each { from, to -> changed = open.add(bytes, from, to, number, slot) || changed }
        if (changed) markChanged(day)
    }

    /**
     * Joins [sealed], a later revision than this state knows, with what it knows of that day: the seals that led there, which
     * the records still to come repeat, then change nothing.
     */
    fun join(sealed: SealedDay) {
        val known = days.getValue(sealed.day)
        known.open.addAll(OpenDayForm.read(sealed.form, admits = admits))
        known.revision = sealed.revision
        known.digest = sealed.digest
        known.changed = true
    }

    /** Notes that [day] was sealed again as [revision], only to leave out viewers whom this state does not know either. */
    fun resealed(day: Day, revision: Int, digest: String) {
        val known = days[day] ?: return
        known.revision = revision
        known.digest = digest
    }

    /**
     * Empties [day], which is known, unless the drop with this [id] has been taken in before. What was sealed stays until the next
     * seal, which continues its revisions. True when it was emptied.
     */
    fun drop(day: Day, id: String): Boolean {
        if (!drops.add(id)) return false
        while (drops.size > DROPS_KEPT) drops.remove(drops.first())
        val before = days.getValue(day)
        val empty = KnownDay(OpenDay(day, admits))
        empty.revision = before.revision
        empty.digest = before.digest
        empty.changed = true
        days[day] = empty
        return true
    }

    @PublishedApi
    internal fun openDay(day: Day): OpenDay = days.getValue(day).open

    @PublishedApi
    internal fun markChanged(day: Day) {
        days.getValue(day).changed = true
    }

    /** Notes that partition [source] of [of] of `samples` is done with [day] for [feed]; true when it was the last one. */
    fun close(day: Day, feed: String, source: Int, of: Int): Boolean {
        val known = days.getValue(day)
        val closing = known.closing[feed]?.takeIf { it.of == of } ?: Closing(of, BitSet(of)).also { known.closing[feed] = it }
        closing.closed.set(source)
        if (closing.closed.cardinality() < of) {
            // Feeds that ended in the middle never close; only the latest can still do so.
            while (known.closing.size > FEEDS_KEPT) known.closing.remove(known.closing.keys.first())
            return false
        }
        known.closing.remove(feed)
        return true
    }

    /** Seals [day] as it is now; null when nothing has changed since the last seal. */
    fun seal(day: Day): SealedDay? {
        val known = days.getValue(day)
        if (known.revision > 0 && !known.changed) return null
        val digest = known.open.digest()
        known.changed = false
        if (known.revision > 0 && known.digest == digest) return null
        known.revision++
        known.digest = digest
        return SealedDay.of(known.open, partition, known.revision, digest)
    }

    /**
     * Drops days that are sealed and unchanged until no more than [most] days are in memory, the oldest first. Who has closed such a
     * day so far is still known: a feed that is not done with it yet can end later, and one that has died never does.
     */
    fun forget(most: Int) {
        val oldest = days.entries.filter { it.value.revision > 0 && !it.value.changed }.map { it.key }
        for (day in oldest.take(maxOf(0, days.size - most))) {
            val closing = days.remove(day)!!.closing
            if (closing.isNotEmpty()) closingAway[day] = closing
        }
        // A feed says that it is done to all partitions of samples at once, so these have waited far longer than any that lives.
        // Nothing that was seen is lost with them: it is sealed.
        while (closingAway.size > DAYS_AWAY_KEPT) closingAway.remove(closingAway.keys.first())
    }

    /** The binary form of this state, as [write] has it. */
    fun form(): ByteArray = ByteSink(1 shl 16).also(::write).copy()

    /** Appends the binary form of this state. Equal states have equal forms. */
    fun write(out: ByteSink) {
        out.byte(VERSION)
        out.varint(keptOutVersion)
        out.varint(drops.size.toLong())
        drops.forEach { text(out, it) }
        out.varint(days.size.toLong())
        for ((_, known) in days) {
            out.varint(known.revision.toLong())
            text(out, known.digest)
            out.byte(if (known.changed) 1 else 0)
            write(known.closing, out)
            val form = ByteSink(1 shl 16).also { OpenDayForm.write(known.open, it) }
            out.varint(form.size.toLong())
            out.bytes(form)
        }
        out.varint(closingAway.size.toLong())
        for ((day, closing) in closingAway) {
            out.varint(day.epochDay.toLong())
            write(closing, out)
        }
    }

    private fun write(closing: Map<String, Closing>, out: ByteSink) {
        out.varint(closing.size.toLong())
        for ((feed, closed) in closing) {
            text(out, feed)
            out.varint(closed.of.toLong())
            val bits = closed.closed.toByteArray()
            out.varint(bits.size.toLong())
            out.bytes(bits)
        }
    }

    private fun text(out: ByteSink, text: String) {
        val bytes = text.toByteArray()
        out.varint(bytes.size.toLong())
        out.bytes(bytes)
    }

    companion object {
        private const val VERSION = 2

        /** Without the list's version, the drops, and the feeds of days that are not in memory. */
        private const val FIRST_VERSION = 1
        private const val FEEDS_KEPT = 16
        private const val DROPS_KEPT = 64
        private const val DAYS_AWAY_KEPT = 64

        /**
         * Reads what [write] wrote, also its first version; viewers who are kept out are left out.
         *
         * @throws DamagedForm when it is not that
         */
        fun read(partition: Int, bytes: ByteArray, keptOut: KeptOut): PartitionState {
            val state = PartitionState(partition, keptOut)
            val input = DataInputStream(ByteArrayInputStream(bytes))
            try {
                val version = input.readUnsignedByte()
                if (version !in FIRST_VERSION..VERSION) {
                    throw DamagedForm("the checkpoint of a partition has version $version; this program reads up to version $VERSION")
                }
                if (version > FIRST_VERSION) {
                    state.keptOutVersion = input.longVarint()
                    repeat(input.varint()) { state.drops += input.text() }
                }
                repeat(input.varint()) { state.readDay(input) }
                if (version > FIRST_VERSION) repeat(input.varint()) { state.closingAway[Day(input.varint())] = input.closing() }
            } catch (cut: EOFException) {
                throw DamagedForm("the checkpoint of partition $partition is cut off: ${cut.message}")
            }
            return state
        }

        private fun PartitionState.readDay(input: DataInputStream) {
            val revision = input.varint()
            val digest = input.text()
            val changed = input.readByte().toInt() == 1
            val closing = input.closing()
            val open = OpenDayForm.read(input.readNBytes(input.varint()), admits = admits)
            val known = KnownDay(open)
            known.revision = revision
            known.digest = digest
            known.changed = changed
            known.closing.putAll(closing)
            days[open.day] = known
        }

        private fun DataInputStream.closing(): Map<String, Closing> = LinkedHashMap<String, Closing>().also { closing ->
            repeat(varint()) { closing[text()] = Closing(varint(), BitSet.valueOf(readNBytes(varint()))) }
        }

        private fun DataInputStream.text() = String(readNBytes(varint()))

        private fun DataInputStream.varint(): Int = longVarint().toInt()

        private fun DataInputStream.longVarint(): Long {
            var value = 0L
            var shift = 0
            while (true) {
                val byte = readUnsignedByte()
                value = value or ((byte and 0x7f).toLong() shl shift)
                if (byte < 0x80) return value
                shift += 7
            }
        }
    }
}
