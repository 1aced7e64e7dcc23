package twitchactors.node

/** Ends a command with an [exit] other than done, after it has said itself what there is to say. */
class Ended(val exit: Exit) : RuntimeException(null, null, false, false)
