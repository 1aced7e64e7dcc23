package twitchactors.node

import java.time.Instant

/** What an operator, and the viewer who asked, is told of what was done. Names nobody. */
object Receipt {
    /** @param word what the viewer is now */
    fun lines(running: Running, done: KeepingOut.Done, removal: Removal.Done, word: String): List<String> = buildList {
        add(if (done.isNew) "$word, and kept out from now on" else "the viewer was on the list already; all that follows from that is done")
        if (done.days.isEmpty()) {
            add("no sealed day knew the viewer")
        } else {
            add("sealed again without the viewer:")
            for (day in done.days) {
                val status = running.stores.viewers.dayStatuses.of(day).toCompletableFuture().get()
                add("  $day" + if (status == null) "" else ", now revision ${status.revision}")
            }
        }
        if (removal.hadAuthorized) {
            add(
                "the account had authorized us: its tokens are removed; what it granted stands at Twitch until it is withdrawn there",
            )
        }
        addAll(files(removal))
        if (removal.waiting.isEmpty()) add("no archive names the viewer") else add("these archives may still name the viewer:")
        removal.waiting.forEach { (day, reason) -> add("  $day: $reason") }
        addAll(databases(removal, running))
        add("Kafka still has what came in before; its records go with their age, and nothing of them comes back:")
        KafkaRemains.lines(running.services.kafka).forEach { add("  $it") }
        add("not touched: copies that were made of this data, exports, and recorded files of others")
        add("as of ${Instant.now().toString().take(MINUTES)}Z")
    }

    private fun files(removal: Removal.Done): List<String> = buildList {
        if (removal.rewritten + removal.removed == 0) {
            add("no sample file named the viewer")
        } else {
            add(
                "sample files written again without the viewer: ${removal.rewritten}; " +
                    "damaged or unfinished ones removed: ${removal.removed}",
            )
        }
        if (removal.runs.isNotEmpty()) add("the runs of archived days written again without the viewer: ${removal.runs.joinToString()}")
        if (removal.archived.isNotEmpty()) add("archived again without the viewer: ${removal.archived.joinToString()}")
    }

    private fun databases(removal: Removal.Done, running: Running): List<String> = when (removal.isWiped) {
        null -> listOf(
            "the databases' files keep bytes of removed records until something is written over them; 'erase --now' does that at once",
        )
        true -> listOf("the databases' files were written anew: they hold nothing of removed records")
        false -> listOf(
            "MariaDB's tables were written anew; the files of MongoDB are its operator's: run 'compact' on " +
                running.services.mongo.database,
        )
    } + "MariaDB's redo and undo logs keep compressed remains until they are written over, which goes on by itself with each write"

    /** Of an instant as text, up to its minutes. */
    private const val MINUTES = 16
}
