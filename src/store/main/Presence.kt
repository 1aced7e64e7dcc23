package twitchactors.store

import twitchactors.domain.Login

/** When a viewer was seen in the chat of [streamer]: [runs] of slots as [twitchactors.domain.Runs] writes them. */
data class Presence(val streamer: Login, val runs: String)
