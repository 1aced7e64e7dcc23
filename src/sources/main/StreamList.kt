package twitchactors.sources

/**
 * Streams in the order in which Twitch lists them, each once.
 *
 * @param isCut whether there may be more of them: what is summed up over them is a lower bound
 */
class StreamList(val streams: List<LiveStream>, val isCut: Boolean)
