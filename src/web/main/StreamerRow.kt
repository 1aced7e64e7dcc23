package twitchactors.web

import twitchactors.domain.Login

/**
 * A streamer's day.
 *
 * @param uniqueViewers distinct viewers seen in this chat
 * @param minutes over all those viewers: slots in which each was seen, times 5
 */
data class StreamerRow(val streamer: Login, val uniqueViewers: Long, val minutes: Long)
