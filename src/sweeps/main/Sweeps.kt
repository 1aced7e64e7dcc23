package twitchactors.sweeps

import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.actor.typed.DispatcherSelector
import twitchactors.domain.CategoryRow
import twitchactors.domain.StreamRow
import twitchactors.sources.TwitchApi
import java.nio.file.Path
import java.time.Duration
import java.time.Instant
import java.util.concurrent.Executor

/**
 * The sweeps of a node.
 *
 * @param categories what those of categories came to on this node
 * @param streams what those of streams did
 */
class Sweeps private constructor(val categories: SweepMeter, val streams: SweepMeter) {
    companion object {
        const val CATEGORIES_FILE = "twitch_categories.csv"
        const val STREAMS_FILE = "twitch_streams.csv"

        /**
         * Lets [system] take part in sweeping: one node of its cluster does it, with [api], until the system ends.
         *
         * @param csv the folder for CSV files of what this node sweeps
         * @param now the time of the world that [api] tells of
         * @param lasts how long that much of its time really lasts
         */
        fun init(
            system: ActorSystem<*>,
            api: TwitchApi,
            publisher: RowPublisher,
            csv: Path,
            settings: SweepsSettings,
            now: () -> Instant = Instant::now,
            lasts: (Duration) -> Duration = { it },
        ): Sweeps {
            val sweeps = Sweeps(SweepMeter(), SweepMeter())
            if (!settings.enabled) return sweeps
            val blocking: Executor = system.dispatchers().lookup(DispatcherSelector.blocking())
            val categoriesFile = if (settings.csv) RowFile(csv.resolve(CATEGORIES_FILE), RowNames.ofCategories) else null
            val streamsFile = if (settings.csv) RowFile(csv.resolve(STREAMS_FILE), RowNames.ofStreams) else null
            system.whenTerminated.whenComplete { _, _ -> listOfNotNull(categoriesFile, streamsFile).forEach { it.close() } }
            val categories = SweepDelivery<CategoryRow>(
                publisher,
                categoriesFile,
                sweeps.categories,
                blocking,
                { RowRecords.of(it) },
                { RowLines.fields(it) },
            )
            val streams = SweepDelivery<StreamRow>(
                publisher,
                streamsFile,
                sweeps.streams,
                blocking,
                { RowRecords.of(it) },
                { RowLines.fields(it) },
            )
            val outside = SweepOutside(
                now = now,
                lasts = lasts,
                sweepCategories = CategorySweep(system, api, settings)::sweep,
                sweepStreams = StreamSweep(system, api, settings)::sweep,
                deliverCategories = categories::deliver,
                deliverStreams = streams::deliver,
            )
            Sweeper.init(system, Sweeper.create(outside, settings, sweeps.categories, sweeps.streams))
            return sweeps
        }
    }
}
