package twitchactors.profile

import twitchactors.domain.LoginFilter

/**
 * The list of viewers who opted out or were erased, as of one [version]. A later version knows all changes of the earlier ones.
 *
 * @param admits false for those on the list
 */
class KeptOut(val version: Long, val admits: LoginFilter) {
    companion object {
        /** Before the first change of the list. */
        val NOBODY = KeptOut(0, LoginFilter.All)
    }
}
