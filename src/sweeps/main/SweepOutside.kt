package twitchactors.sweeps

import twitchactors.domain.CategoryRow
import twitchactors.domain.StreamRow
import twitchactors.sources.Category
import java.time.Duration
import java.time.Instant
import java.util.concurrent.CompletionStage

/**
 * What a [Sweeper] is given.
 *
 * @param now the time that the world it looks at has
 * @param lasts how long that much of its time really lasts: less in a world that is simulated at speed
 * @param deliverCategories done when the rows are safe
 * @param deliverStreams the same
 */
class SweepOutside(
    val now: () -> Instant,
    val lasts: (Duration) -> Duration = { it },
    val sweepCategories: (Instant) -> CompletionStage<Swept<CategoryRow>>,
    val sweepStreams: (Instant, List<Category>) -> CompletionStage<Swept<StreamRow>>,
    val deliverCategories: (Swept<CategoryRow>) -> CompletionStage<*>,
    val deliverStreams: (Swept<StreamRow>) -> CompletionStage<*>,
)
