package twitchactors.collect

import twitchactors.domain.Login
import twitchactors.domain.LoginFilter
import twitchactors.sources.ChatterLists
import twitchactors.sources.LiveStream
import java.util.Optional
import java.util.concurrent.CompletionStage

/**
 * What a poller needs from outside.
 *
 * @param live the stream of a streamer, empty when there is none now. May fail with [twitchactors.sources.NoAnswer]
 * @param keptOut who may be known, as of now
 */
class PollerOutside(
    val live: (Login) -> CompletionStage<Optional<LiveStream>>,
    val chatters: ChatterLists,
    val keptOut: () -> LoginFilter,
    val out: SamplesOut,
    val records: PollRecords,
    val board: CollectBoard,
)
