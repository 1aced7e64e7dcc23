package twitchactors.node

import twitchactors.dashboard.WorkingsReads.DeadLetterCount
import twitchactors.services.ServiceUnavailable
import twitchactors.topics.DeadLetterBox

/** Counts dead letters by topic and reason. Remembers how far it has counted, so that a page costs only what is new. */
internal class DeadLetterTally(private val box: DeadLetterBox, private val nanoTime: () -> Long = System::nanoTime) {
    private val counts = LinkedHashMap<Pair<String, String>, Long>()
    private var next: Long? = null
    private var countedAt: Long? = null

    /** What there is by now, at most some seconds old; null while Kafka does not answer. */
    @Synchronized
    fun now(): List<DeadLetterCount>? = try {
        if (countedAt.let { it == null || nanoTime() - it > KEPT_NANOS }) count()
        counts.map { (of, count) -> DeadLetterCount(of.first, of.second, count) }
    } catch (_: ServiceUnavailable) {
        null
    }

    private fun count() {
        box.forEach(next) { letter ->
            val of = letter.origin.topic to letter.origin.reason.replace(QUOTED, "'..'").replace(NUMBER, "N")
            counts.merge(if (of in counts || counts.size < MOST_REASONS) of else letter.origin.topic to OTHERS, 1, Long::plus)
            next = letter.number + 1
        }
        countedAt = nanoTime()
    }

    private companion object {
        const val KEPT_NANOS = 10_000_000_000L
        const val MOST_REASONS = 200
        const val OTHERS = "other reasons"

        // What a reason tells of its record: that is for operators, and would make each reason another one.
        val QUOTED = Regex("'[^']*'")
        val NUMBER = Regex("\\d+")
    }
}
