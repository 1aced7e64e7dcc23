package twitchactors.store

/**
 * The answer to a bulk of documents.
 *
 * @param inserted were not there before
 * @param replaced were there with an equal or smaller revision
 * @param staleAt the indexes, within the bulk, of those that were there with a greater revision and were left as they are
 */
data class Written(val inserted: Int, val replaced: Int, val staleAt: List<Int>) {
    /** How many were left as they are, because a greater revision is there. */
    val stale: Int get() = staleAt.size
}
