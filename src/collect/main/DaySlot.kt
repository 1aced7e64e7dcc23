package twitchactors.collect

import twitchactors.domain.Day
import twitchactors.domain.Slot
import java.time.Duration
import java.time.Instant

/** A slot of a certain day, as the number of slots since 1970: they follow each other in time, over midnight too. */
@JvmInline
value class DaySlot(val number: Int) : Comparable<DaySlot> {
    val day: Day get() = Day(number / Slot.PER_DAY)
    val slot: Slot get() = Slot(number % Slot.PER_DAY)
    val startsAt: Instant get() = Instant.ofEpochSecond(number * Slot.SECONDS)

    /** When the next one starts. */
    val endsAt: Instant get() = startsAt + LENGTH

    /** The moment at which [share] of it is over. */
    fun momentAt(share: Double): Instant = startsAt.plusMillis((LENGTH.toMillis() * share).toLong())

    operator fun plus(slots: Int) = DaySlot(number + slots)

    operator fun minus(slots: Int) = DaySlot(number - slots)

    override fun compareTo(other: DaySlot): Int = number.compareTo(other.number)

    override fun toString(): String = "$day/${slot.index}"

    companion object {
        val LENGTH: Duration = Duration.ofSeconds(Slot.SECONDS)

        fun at(moment: Instant) = DaySlot(Math.floorDiv(moment.epochSecond, Slot.SECONDS).toInt())

        fun of(day: Day, slot: Int) = DaySlot(day.epochDay * Slot.PER_DAY + slot)

        fun firstOf(day: Day) = of(day, 0)

        fun lastOf(day: Day) = of(day, Slot.PER_DAY - 1)
    }
}
