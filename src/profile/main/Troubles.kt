package twitchactors.profile

import org.slf4j.Logger

/**
 * What a partition cannot do just now and tries again. An outage is told once for all partitions of a JVM, when it begins and when it
 * is over; each partition's own lines are for a closer look.
 */
internal class Troubles(private val partition: Int, private val board: PartitionBoard, private val log: Logger) {
    /** What can fail, and is then tried again. */
    enum class Work(val words: String) {
        CLAIM("claiming a partition"),
        READ_SEALS("reading seals"),
        READ_DAY("reading a day"),
        SAVE("writing a checkpoint"),
        SEAL("sealing a day"),
        PUBLISH("publishing a day"),
        CLEAR("leaving out those who are kept out"),
        READ_LIST("reading the list of those kept out"),
        NOTE_LIST("noting the version of that list"),
    }

    private val lines = LinkedHashMap<Work, String>()

    /** The one that has lasted longest, in words; null when all is well. */
    val first: String? get() = lines.values.firstOrNull()

    fun failed(work: Work, cause: Throwable) {
        val reason = generateSequence(cause) { it.cause }.last().let { it.message ?: it.toString() }
        if (lines.put(work, "${work.words} failed: $reason") != null) return
        tell(board.waits(partition), "partition $partition waits, for ${work.words} failed: $reason; it is tried again until it succeeds")
    }

    fun succeeded(work: Work) {
        if (lines.remove(work) == null) return
        tell(lines.isEmpty() && board.goesOn(partition), "partition $partition goes on: ${work.words} succeeds again")
    }

    private fun tell(isNews: Boolean, line: String) = if (isNews) log.warn(line) else log.info(line)
}
