package twitchactors.days

import java.time.Instant

/** What has happened in the life of a day. Times are the database's, of what the event follows from. */
sealed interface DayEvent {
    val at: Instant
}

/** A partition took the day into memory for the first time. */
data class DayOpened(override val at: Instant) : DayEvent

/** All partitions have taken in all that [feed] had. */
data class DayClosed(override val at: Instant, val feed: String) : DayEvent

/** All partitions have sealed and published [content], which is the day's [revision]: 1 or greater, the same for the same digest. */
data class DaySealed(override val at: Instant, val revision: Int, val content: DayContent) : DayEvent
