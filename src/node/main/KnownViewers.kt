package twitchactors.node

import twitchactors.analyser.ViewerFigures
import twitchactors.analyser.ViewerHistory
import twitchactors.audience.KnownBots
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.store.Viewers

/**
 * What all sealed days say of viewers, from their documents. Blocks its callers.
 *
 * @param documents where these are read: pages have a way of their own to them
 */
class KnownViewers(private val stores: Stores, private val documents: Viewers = stores.viewers.viewers) {
    private val bots = KnownBots.shipped

    /** The days that figures are over, ascending. */
    fun tracked(): List<Day> = stores.applications.days()

    /** Brings in what is sealed and is not in the documents yet; beside a node that does the same it is no harm. */
    fun bringIn() {
        do {
            val isWork = stores.applier.next()
        } while (isWork)
    }

    /** The figures of [viewer]; null when there are none. */
    fun of(viewer: Login, tracked: List<Day> = tracked()): ViewerFigures? =
        documents.of(viewer).toCompletableFuture().get()?.let { figures(viewer, it, tracked) }

    /** Those of [viewers] of whom there are any. */
    fun of(viewers: List<Login>, tracked: List<Day>): List<Pair<Login, ViewerFigures>> {
        val found = documents.of(viewers).toCompletableFuture().get()
        return viewers.mapNotNull { viewer -> found[viewer]?.let { figures(viewer, it, tracked) }?.let { viewer to it } }
    }

    private fun figures(viewer: Login, history: ViewerHistory, tracked: List<Day>): ViewerFigures? {
        val bytes = viewer.name.toByteArray(Charsets.US_ASCII)
        return ViewerFigures.of(history, tracked, bots.has(bytes, bytes.size))
    }
}
