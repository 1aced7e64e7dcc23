package twitchactors.domain

/**
 * Walks through the viewers of a day in its binary form, sorted, without building the day. One viewer at a time stands in it.
 * Made by [OpenDayForm.cursor], which has checked the bytes.
 */
class ViewerCursor internal constructor(private val bytes: ByteArray, private var at: Int) {
    val day = Day(varint())

    /** The streamers of the day, sorted. */
    val streamers = List(varint()) { login() }

    /** How many viewers the day has. */
    val viewerCount = varint()

    /** The login of the viewer at hand is in the first [length] bytes. */
    val viewer = ByteArray(LoginWords.BYTES)
    var length = 0
        private set

    private var passed = 0
    private var pairsAt = 0
    private val runs = IntArray(SlotSets.MAX_RUNS)

    /** Goes to the next viewer, at first to the first; false when there is none. */
    fun next(): Boolean {
        if (passed == viewerCount) return false
        if (passed > 0 && at == pairsAt) pairs { _, _, _, _, _ -> }
        passed++
        val shared = bytes[at++].toInt()
        val rest = bytes[at++].toInt()
        System.arraycopy(bytes, at, viewer, shared, rest)
        at += rest
        length = shared + rest
        pairsAt = at
        return true
    }

    /** Gives the pairs of the viewer at hand to [sink], sorted; streamers are indexes in [streamers]. */
    fun pairs(sink: PairSink) {
        at = pairsAt
        var streamer = -1
        while (true) {
            val step = varint()
            if (step == OpenDayForm.END_OF_VIEWER) return
            streamer += step
            val count = varint()
            var end = -1
            for (i in 0 until count) {
                val first = end + 1 + varint()
                end = first + varint()
                runs[i] = SlotSets.run(first, end)
            }
            sink.row(viewer, length, streamer, runs, count)
        }
    }

    private fun login(): Login {
        val length = bytes[at++].toInt()
        return Login.require(String(bytes, at, length, Charsets.US_ASCII)).also { at += length }
    }

    private fun varint(): Int {
        var value = 0
        var shift = 0
        while (bytes[at] < 0) {
            value = value or (bytes[at++].toInt() and 0x7f shl shift)
            shift += 7
        }
        return value or (bytes[at++].toInt() shl shift)
    }
}
