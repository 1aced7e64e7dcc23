package twitchactors.profile

import twitchactors.domain.Day
import java.util.concurrent.CompletionStage

/**
 * Where the [Splitter] leaves what samples say besides the logins. Every answer may fail; then all is said again.
 *
 * @param keep takes what came through a partition of `samples`; done when it is durable. What it knows already is no harm, in any order
 * @param forget forgets all that came of a day through that partition so far
 */
class HeadsKept(
    val keep: (heads: List<Head>, partition: Int) -> CompletionStage<*>,
    val forget: (day: Day, partition: Int) -> CompletionStage<*>,
)
