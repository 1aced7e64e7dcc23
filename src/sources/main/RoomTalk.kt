package twitchactors.sources

import twitchactors.domain.LoginTable

/** Who wrote in a room, and how much, by slot: the last [KEPT] slots that anybody wrote in. What was written is never kept. */
internal class RoomTalk(private val authorsPerSlot: Int) {
    /** One slot, by its number since 1970. */
    class Spoken(var number: Long) {
        val authors = LoginTable()
        val perMinute = IntArray(MINUTES)

        /** Messages whose author's name is no login. */
        var dropped = 0

        fun restart(number: Long) {
            this.number = number
            authors.clear()
            perMinute.fill(0)
            dropped = 0
        }
    }

    private val slots = arrayOfNulls<Spoken>(KEPT)
    private var newest = Long.MIN_VALUE

    /** The memory that it takes. */
    val bytes: Long get() = slots.sumOf { it?.authors?.bytes ?: 0L }

    /**
     * A message was sent at [millis] since 1970.
     *
     * @param author null when its name is no login
     * @return whether it is the author's first one in that slot
     */
    fun wrote(millis: Long, author: ChatName?): Boolean {
        val spoken = slotFor(Math.floorDiv(millis, SLOT_MS)) ?: return false
        spoken.perMinute[(Math.floorMod(millis, SLOT_MS) / MINUTE_MS).toInt()]++
        if (author == null) {
            spoken.dropped++
        } else if (spoken.authors.size < authorsPerSlot) {
            val known = spoken.authors.size
            author.internIn(spoken.authors)
            return spoken.authors.size > known
        }
        return false
    }

    /** What was written in a slot; null when nothing was. */
    fun of(number: Long): Spoken? = slots[index(number)]?.takeIf { it.number == number }

    /** Whether slot [number] is so long ago that it is kept no more. */
    fun isForgotten(number: Long): Boolean = newest != Long.MIN_VALUE && number <= newest - KEPT

    private fun slotFor(number: Long): Spoken? {
        if (isForgotten(number)) return null
        newest = maxOf(newest, number)
        val at = index(number)
        val spoken = slots[at] ?: Spoken(number).also { slots[at] = it }
        if (spoken.number != number) spoken.restart(number)
        return spoken
    }

    private fun index(number: Long) = Math.floorMod(number, KEPT)

    companion object {
        const val SLOT_MS = 300_000L
        const val MINUTE_MS = 60_000L
        const val MINUTES = 5
        private const val KEPT = 4
    }
}
