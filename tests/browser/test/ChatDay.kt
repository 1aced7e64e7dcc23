package twitchactors.browser

import org.bson.Document

/** A day of the viewer database, counted document by document. */
internal class ChatDay(documents: List<Document>, day: String) {
    private val seen: List<Map<String, Set<Int>>> = documents.filter { it.getString("_id").endsWith("|$day") }.map(::slots)

    val viewers: Int get() = seen.size
    val pairs: Int get() = seen.sumOf { it.size }
    val sightings: Int get() = seen.sumOf { chats -> chats.values.sumOf { it.size } }

    /** By streamer: unique chatters. */
    val viewersOf: Map<String, Int> get() = seen.flatMap { it.keys }.groupingBy { it }.eachCount()

    /** Who was seen in both chats. */
    fun shared(a: String, b: String): Int = seen.count { a in it && b in it }

    companion object {
        /** A viewer's day: by streamer, the slots in which the viewer was seen. */
        fun slots(document: Document): Map<String, Set<Int>> =
            document.get("s", Document::class.java).mapValues { slots(it.value as String) }

        /** `12-40,55` */
        private fun slots(runs: String): Set<Int> = runs.split(',').flatMapTo(HashSet()) { run ->
            val ends = run.split('-').map { it.toInt() }
            ends.first()..ends.last()
        }
    }
}
