package twitchactors.web

import twitchactors.domain.Day

/** The streamers of a sealed day with the most viewers seen in chat, most first. */
data class TopStreamers(val day: Day, val streamers: List<StreamerRow>)
