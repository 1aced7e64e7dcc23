package twitchactors.archive

import twitchactors.domain.Login

/**
 * What one sample file holds, by place: for each streamer the spans of bytes that are lists of names, or the reason why it
 * has none. Several entries may name the same streamer; they are a union. Reused from file to file.
 */
class SampleScan {
    /** How many entries there are. */
    var size = 0
        private set

    private var streamers = arrayOfNulls<String>(128)
    private var froms = IntArray(128)
    private var tos = IntArray(128)
    private var reasons = arrayOfNulls<String>(128)

    private var values = IntArray(128)

    /** Where the fields of value `v` stand: first byte and end of each, from `v * 2 * FIELDS` on; 0 is absent. */
    private var fields = IntArray(128 * 2 * FIELDS)

    /** How many values of streamers have begun. */
    private var valueCount = 0

    /** Names that are no login, in the place of a streamer. */
    var keysDropped = 0

    fun streamer(entry: Int): Login = Login.require(streamers[entry]!!)

    /** True when [entry] is a gap: `null` instead of a list, or a bad value. */
    fun isGap(entry: Int): Boolean = froms[entry] < 0

    /** Why [entry] is a gap; null when the file itself says so with `null`. */
    fun reason(entry: Int): String? = reasons[entry]

    /** The first byte behind the list's `[`. */
    fun from(entry: Int): Int = froms[entry]

    /** The place of the list's `]`. */
    fun to(entry: Int): Int = tos[entry]

    /** The number of the streamer's value that [entry] comes from; lists of one value have the same, and follow each other. */
    fun value(entry: Int): Int = values[entry]

    /** The first byte of what [entry]'s value says about [field]; -1 when it says nothing. */
    fun fieldFrom(entry: Int, field: SampleField): Int = fields[place(values[entry], field)] - 1

    /** The end of what [entry]'s value says about [field]. */
    fun fieldTo(entry: Int, field: SampleField): Int = fields[place(values[entry], field) + 1]

    /** What comes now is the value of another streamer's key. */
    internal fun beginValue() {
        valueCount++
        if (valueCount * 2 * FIELDS > fields.size) fields = fields.copyOf(fields.size * 2)
        fields.fill(0, (valueCount - 1) * 2 * FIELDS, valueCount * 2 * FIELDS)
    }

    /** The value that has begun last says `bytes[from, to)` about [field]. */
    internal fun field(field: SampleField, from: Int, to: Int) {
        val place = place(valueCount - 1, field)
        fields[place] = from + 1
        fields[place + 1] = to
    }

    private fun place(value: Int, field: SampleField) = (value * FIELDS + field.ordinal) * 2

    internal fun list(streamer: String, from: Int, to: Int) = add(streamer, from, to, null)

    internal fun gap(streamer: String, reason: String?) = add(streamer, -1, -1, reason)

    internal fun dropBackTo(size: Int) {
        this.size = size
    }

    internal fun clear() {
        size = 0
        valueCount = 0
        keysDropped = 0
    }

    private fun add(streamer: String, from: Int, to: Int, reason: String?) {
        if (size == froms.size) {
            streamers = streamers.copyOf(size * 2)
            froms = froms.copyOf(size * 2)
            tos = tos.copyOf(size * 2)
            reasons = reasons.copyOf(size * 2)
            values = values.copyOf(size * 2)
        }
        streamers[size] = streamer
        froms[size] = from
        tos[size] = to
        reasons[size] = reason
        values[size] = valueCount - 1
        size++
    }

    private companion object {
        val FIELDS = SampleField.entries.size
    }
}
