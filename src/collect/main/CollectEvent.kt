package twitchactors.collect

import twitchactors.domain.Day
import twitchactors.domain.Login

/** What is written down of collecting: whom we track, and which days. */
sealed interface CollectEvent

/** What makes a [Roster]. */
sealed interface RosterEvent : CollectEvent

/** [streamer] is to be tracked always. */
data class Pinned(val streamer: Login) : RosterEvent

/** [streamer] is to be tracked only while it is one of the top. */
data class Unpinned(val streamer: Login) : RosterEvent

/** [streamer] is not to be tracked until it is resumed. */
data class Paused(val streamer: Login) : RosterEvent

data class Resumed(val streamer: Login) : RosterEvent

/** From the slot [from] on, [tracked] are tracked too, and [untracked] are no more. */
data class RosterChanged(val from: DaySlot, val tracked: List<Login>, val untracked: List<Login>) : RosterEvent

/** What makes [CollectedDays]. */
sealed interface DayCollectEvent : CollectEvent

/** Nothing of [day] stands before [offsets], by partition of `samples`. */
data class DayBegun(val day: Day, val offsets: List<Long>) : DayCollectEvent

/** All of [day] that was there is in `samples`, and behind it that the day is closed. */
data class DayEnded(val day: Day) : DayCollectEvent
