package twitchactors.node

import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.Slot
import twitchactors.profile.Head
import twitchactors.profile.HeadsKept
import twitchactors.store.SampleHead
import twitchactors.store.SampleHeads
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.concurrent.Executor

/** What the splitter leaves in MariaDB, without making it wait: each call runs on [blocking]. */
class HeadStore(private val store: SampleHeads, private val blocking: Executor) {
    val heads = HeadsKept(
        // A gap that knows nothing else does not even say that the streamer was live.
        keep = { found, partition ->
            val heads = found.map(::head).filter { it.hasChatters || it.liveViewers != null }
            later { store.write(heads, partition) }
        },
        forget = { day: Day, partition -> later { store.forget(day, partition) } },
    )

    private fun head(head: Head): SampleHead {
        val sample = head.sample
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
            language = sample.language,
            chatters = if (hasChatters) head.names else null,
        )
    }

    private fun <T> later(work: () -> T): CompletionStage<T> = CompletableFuture.supplyAsync(work, blocking)

    private companion object {
        /** The source of samples that come from recorded files. */
        const val RECORDED = "recorded"
    }
}
