package twitchactors.pbm

/** The node does not answer, or not to us. */
class NoNode(message: String, val outcome: Outcome) : RuntimeException(message, null, false, false)
