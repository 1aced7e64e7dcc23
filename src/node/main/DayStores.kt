package twitchactors.node

import twitchactors.days.DayOutside
import twitchactors.store.DayStatus
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.concurrent.Executor

/** What the life of days asks of the stores, without making it wait: what blocks runs on [blocking]. */
class DayStores(private val stores: Stores, private val blocking: Executor) {
    fun outside() = DayOutside(
        traces = { within, also -> later { (stores.traces.changed(within) + also).sorted().map(stores.traces::of) } },
        statuses = stores.viewers.dayStatuses::all,
        content = { day -> later { stores.contents.of(day) } },
        audience = { day, revision, content, known -> later { stores.audiences.bring(day, revision, content, known) } },
        status = stores.viewers.dayStatuses::of,
        write = { status: DayStatus -> stores.viewers.dayStatuses.write(status) },
    )

    /** A piece of what follows from sealed days in the background; false when nothing is to be done. */
    fun analyse(): CompletionStage<Boolean> = later { stores.applier.next() || stores.windows.next() }

    private fun <T> later(work: () -> T): CompletionStage<T> = CompletableFuture.supplyAsync(work, blocking)
}
