package twitchactors.dashboard

import twitchactors.analyser.ViewerFigures
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.store.ViewerDay

/**
 * What pages about single viewers ask. A viewer is named by a pseudonym everywhere but here; each function blocks its caller.
 *
 * @param count how many are known in all
 * @param random the pseudonym of a viewer of one of the last sealed days; null while there is none
 * @param known who a pseudonym is: of those who may be drawn at random, and whom admins have asked for; null for all others
 * @param figures what all sealed days say of a viewer; null when nothing is known, or is to be known
 * @param day a viewer's sealed day; null when they were not seen on it
 */
class ViewerReads(
    val count: () -> Long,
    val random: () -> String?,
    val known: (String) -> Login?,
    val figures: (Login) -> ViewerFigures?,
    val day: (Login, Day) -> ViewerDay?,
) {
    companion object {
        /** Whether visitors may see the page of [login]: a streamer would be told by being in the chat of their own channel so much. */
        fun mayBeShown(login: Login, figures: ViewerFigures): Boolean = figures.streamers.none { it.what == login }
    }
}
