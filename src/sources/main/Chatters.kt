package twitchactors.sources

/**
 * Who was seen in a chat.
 *
 * @param isComplete whether these are all
 * @param logins ASCII, separated by `\n`, none at the end: each lower case `[a-z0-9_]{1,25}`; one may come twice. Empty: nobody
 * @param namesDropped how many names were no logins and are left out
 */
class Chatters(val source: ChatterSource, val isComplete: Boolean, val logins: ByteArray, val namesDropped: Int)
