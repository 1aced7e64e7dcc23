package twitchactors.web

/**
 * What was left out since the start of what counts it, each for a reason.
 *
 * @param deadLetters records that could not be understood; they are kept in the topic dead-letters
 * @param brokenPolls polls of which chunks never came
 * @param refusedWrites writes of former owners of partitions
 */
data class LeftOut(val deadLetters: Long, val brokenPolls: Long, val refusedWrites: Long)
