package twitchactors.domain

/** A 5-minute piece of a UTC day, by its index 0..287. The slot of a poll is the one in which it started. */
@JvmInline
value class Slot(val index: Int) : Comparable<Slot> {
    init {
        require(index in 0 until PER_DAY) { "slot $index is outside of 0..${PER_DAY - 1}" }
    }

    /** The first second of this slot on [day], in seconds since 1970. */
    fun startsAt(day: Day): Long = day.startsAt + index * SECONDS

    override fun compareTo(other: Slot): Int = index.compareTo(other.index)

    override fun toString(): String = index.toString()

    companion object {
        const val PER_DAY = 288
        const val SECONDS = 300L
        const val MINUTES = 5

        /** The slot that holds the second [epochSeconds] (0 or greater) of whatever day that is. */
        fun at(epochSeconds: Long): Slot = Slot(Math.floorMod(Math.floorDiv(epochSeconds, SECONDS), PER_DAY.toLong()).toInt())
    }
}
