package twitchactors.analyser

import twitchactors.domain.ByteSink
import twitchactors.domain.DamagedForm
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.Slot

/**
 * What each day has added to a viewer. A day is put in place of what there was of it, never added to it, so the history follows
 * from the days whatever their order.
 *
 * @param days ascending, each once
 */
data class ViewerHistory(val days: List<SeenDay>) {
    /** This history with [seen] in place of what there was of that day. */
    fun with(seen: SeenDay): ViewerHistory = ViewerHistory((days.filter { it.day != seen.day } + seen).sortedBy { it.day })

    /** This history without [day]. */
    fun without(day: Day): ViewerHistory = ViewerHistory(days.filter { it.day != day })

    /** Minutes of all days, distinct slots x 5. */
    val minutes: Int get() = days.sumOf { it.slots } * Slot.MINUTES

    /** What there is of [day]. */
    fun of(day: Day): SeenDay? = days.firstOrNull { it.day == day }

    /**
     * The history in few bytes, as docs/contract.md has it. Equal histories have equal forms.
     *
     * @param streamers all of whose chats the viewer was seen in, sorted; days name them by their places
     * @param games as [streamers]
     */
    class Form(val streamers: List<String>, val games: List<String>, val days: ByteArray)

    fun form(): Form {
        val streamers = days.flatMapTo(sortedSetOf()) { day -> day.streamers.keys.map { it.name } }.toList()
        val games = days.flatMapTo(sortedSetOf()) { it.games.keys }.toList()
        val places = streamers.withIndex().associate { it.value to it.index }
        val gamePlaces = games.withIndex().associate { it.value to it.index }
        val out = ByteSink(16 + days.size * 24)
        var last = 0
        for (seen in days) {
            out.varint((seen.day.epochDay - last).toLong())
            last = seen.day.epochDay
            out.varint(seen.slotsAtSeveral.toLong())
            out.varint(seen.mostAtOnce.toLong())
            hours(seen.hours, out)
            counts(seen.streamers.entries.associate { places.getValue(it.key.name) to it.value }, out)
            counts(seen.games.entries.associate { gamePlaces.getValue(it.key) to it.value }, out)
        }
        return Form(streamers, games, out.copy())
    }

    companion object {
        val NONE = ViewerHistory(emptyList())
        private const val MASK_BYTES = SeenDay.HOURS / Byte.SIZE_BITS

        /** @throws DamagedForm when [form] is none that [ViewerHistory.form] could have made */
        fun of(form: Form): ViewerHistory = try {
            Reader(form).history()
        } catch (damaged: IllegalArgumentException) {
            throw DamagedForm("the history of a viewer is damaged: ${damaged.message}")
        } catch (_: IndexOutOfBoundsException) {
            throw DamagedForm("the history of a viewer is damaged: it ends within a day")
        }

        /** A bit for each hour with any slots, then these hours' slots, two in a byte. */
        private fun hours(hours: List<Int>, out: ByteSink) {
            var mask = 0
            hours.forEachIndexed { hour, slots -> if (slots > 0) mask = mask or (1 shl hour) }
            repeat(MASK_BYTES) { out.byte(mask ushr it * Byte.SIZE_BITS) }
            for (two in hours.filter { it > 0 }.chunked(2)) out.byte(two[0] or (two.getOrElse(1) { 0 } shl 4))
        }

        private fun counts(counts: Map<Int, Int>, out: ByteSink) {
            out.varint(counts.size.toLong())
            for (place in counts.keys.sorted()) {
                out.varint(place.toLong())
                out.varint(counts.getValue(place).toLong())
            }
        }
    }

    private class Reader(private val form: Form) {
        private val streamers = form.streamers.map(Login::require)
        private val bytes = form.days
        private var at = 0

        fun history(): ViewerHistory = ViewerHistory(
            buildList {
                var day = 0
                while (at < bytes.size) {
                    day += varint()
                    add(SeenDay(Day(day), varint(), varint(), hours(), counts(streamers), counts(form.games)))
                }
            },
        )

        private fun hours(): List<Int> {
            var mask = 0
            repeat(MASK_BYTES) { mask = mask or (byte() shl it * Byte.SIZE_BITS) }
            val hours = IntArray(SeenDay.HOURS)
            var pair = 0
            var isSecond = false
            for (hour in hours.indices) {
                if (mask ushr hour and 1 == 0) continue
                if (!isSecond) pair = byte()
                hours[hour] = if (isSecond) pair ushr 4 else pair and 0xf
                isSecond = !isSecond
            }
            return hours.toList()
        }

        private fun <T> counts(names: List<T>): Map<T, Int> {
            val size = varint()
            val counts = LinkedHashMap<T, Int>(size * 2)
            repeat(size) { counts[names[varint()]] = varint() }
            return counts
        }

        private fun varint(): Int {
            var value = 0
            var shift = 0
            while (true) {
                val byte = byte()
                value = value or (byte and 0x7f shl shift)
                if (byte < 0x80) return value
                shift += 7
            }
        }

        private fun byte(): Int = bytes[at++].toInt() and 0xff
    }
}
