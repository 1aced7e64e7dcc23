package twitchactors.domain

/** Takes the (viewer, streamer) pairs of a day, sorted bytewise by viewer, then streamer. */
fun interface PairSink {
    /**
     * @param viewer holds the login in its first [length] bytes; the array is the caller's and changes after the call
     * @param streamer index in the sorted list of the day's streamers
     * @param runs the first [count] (1 or more) are runs as [SlotSets.run] packs them, ascending and apart from each other;
     *   the array is the caller's
     */
    fun row(viewer: ByteArray, length: Int, streamer: Int, runs: IntArray, count: Int)
}
