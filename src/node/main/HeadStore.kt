package twitchactors.node

import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.Slot
import twitchactors.profile.HeadsKept
import twitchactors.store.SampleHead
import twitchactors.store.SampleHeads
import twitchactors.topics.wire.Sample
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.concurrent.Executor

/** What the splitter leaves in MariaDB, without making it wait: each call runs on [blocking]. */
class HeadStore(private val store: SampleHeads, private val blocking: Executor) {
    val heads = HeadsKept(
        // A gap that knows nothing else does not even say that the streamer was live.
        keep = { samples, partition ->
            val heads = samples.map(::head).filter { it.hasChatters || it.liveViewers != null }
            later { store.write(heads, partition) }
        },
        forget = { day: Day, partition -> later { store.forget(day, partition) } },
    )

    private fun head(sample: Sample): SampleHead {
        val hasChatters = sample.gap.isEmpty()
        return SampleHead(
            streamer = Login.require(sample.streamer),
            day = Day(sample.day),
            slot = Slot(sample.slot),
            polledAt = sample.polledAt,
            source = sample.source,
            isRecorded = sample.source == RECORDED,
            hasChatters = hasChatters,
            isComplete = hasChatters && sample.complete,
            // Unsigned on the wire; so many never watch.
            liveViewers = if (sample.hasLiveViewers()) sample.liveViewers.takeIf { it >= 0 } else null,
            title = sample.title,
            category = sample.category,
            streamId = sample.streamId,
        )
    }

    private fun <T> later(work: () -> T): CompletionStage<T> = CompletableFuture.supplyAsync(work, blocking)

    private companion object {
        /** The source of samples that come from recorded files. */
        const val RECORDED = "recorded"
    }
}
