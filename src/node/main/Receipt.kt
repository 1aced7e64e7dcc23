package twitchactors.node

/** What an operator, and the viewer who asked, is told of what was done. Names nobody. */
object Receipt {
    /** @param word what the viewer is now */
    fun lines(running: Running, done: KeepingOut.Done, word: String): List<String> = buildList {
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
        add("Kafka still has what came in before; its records go with their age:")
        KafkaRemains.lines(running.services.kafka).forEach { add("  $it") }
        add("Sample files that are written already are not changed: 'erase --prove' tells which of them name the viewer")
    }
}
