package twitchactors.profile

import twitchactors.domain.Day

/** That a partition has sealed [day]; [published] is false while something of [revision] may be missing in the viewer database. */
class SealHead(val day: Day, val revision: Int, val published: Boolean)
