package twitchactors.node

import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.OpenDayForm
import twitchactors.profile.KeptOut
import twitchactors.profile.PartitionState
import twitchactors.store.ViewerDayId
import java.util.Arrays

/**
 * Where the databases know a viewer: days by place.
 *
 * @param sealed the content of seals
 * @param superseded the content of earlier seals, kept until the next one is published
 * @param checkpoint the last checkpoint of the viewer's partition
 * @param documents the viewer database's viewer-days
 * @param history the viewer's own document
 * @param randomLists the lists that random viewers come from
 */
class ViewerTraces(
    val sealed: List<Day>,
    val superseded: List<Day>,
    val checkpoint: List<Day>,
    val documents: List<Day>,
    val history: List<Day>,
    val randomLists: List<Day>,
) {
    /** All by the words for a place; places with no day are left out. */
    val places: Map<String, List<Day>>
        get() = mapOf(
            "sealed days in MariaDB" to sealed,
            "earlier revisions in MariaDB" to superseded,
            "the partition's checkpoint in MariaDB" to checkpoint,
            "viewer-days in MongoDB" to documents,
            "the viewer's own document in MongoDB" to history,
            "lists of random viewers in MongoDB" to randomLists,
        ).filterValues { it.isNotEmpty() }

    companion object {
        /** Searches all days that the databases know; reads the content of one seal at a time. Blocks its caller. */
        fun of(stores: Stores, login: Login): ViewerTraces {
            val partition = stores.partitions.partitions.of(login)
            val checkpoint = stores.checkpoints.read(partition)?.state?.let { PartitionState.read(partition, it, KeptOut.NOBODY) }
            val seals = stores.seals.of(partition).map { it.day }
            val statuses = stores.viewers.dayStatuses.all().toCompletableFuture().get().map { it.day }
            val days = (seals + statuses + checkpoint?.knownDays.orEmpty()).toSortedSet().toList()
            val documents = stores.viewers.viewerDays.read(days.map { ViewerDayId(login, it) }).toCompletableFuture().get()
            return ViewerTraces(
                sealed = seals.filter { day -> stores.seals.form(day, partition)?.let { holds(it, login) } == true },
                superseded = seals.filter { day -> stores.seals.superseded(day, partition).any { holds(it.form, login) } },
                checkpoint = checkpoint?.knownDays.orEmpty().filter { checkpoint!!.open(it)!!.profileOf(login).isNotEmpty() },
                documents = documents.map { it.id.day }.sorted(),
                history = stores.viewers.viewers.of(login).toCompletableFuture().get()?.days.orEmpty().map { it.day },
                randomLists = days.filter { login in stores.viewers.randomViewers.of(it, partition).toCompletableFuture().get() },
            )
        }

        private fun holds(form: ByteArray, login: Login): Boolean {
            val bytes = login.name.toByteArray(Charsets.US_ASCII)
            val cursor = OpenDayForm.cursor(form)
            while (cursor.next()) {
                val order = Arrays.compare(cursor.viewer, 0, cursor.length, bytes, 0, bytes.size)
                if (order >= 0) return order == 0
            }
            return false
        }
    }
}
