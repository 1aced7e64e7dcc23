package twitchactors.store

import twitchactors.domain.Day
import twitchactors.domain.Login

/** The `_id` of a viewer-day: `login|yyyy-MM-dd`. */
data class ViewerDayId(val viewer: Login, val day: Day) {
    override fun toString(): String = "$viewer|$day"
}
