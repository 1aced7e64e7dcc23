package twitchactors.topics

/** A record that cannot be understood; [reason] says why, in words that follow "the record". It belongs to the dead letters. */
class Unreadable(val reason: String) : RuntimeException(reason, null, false, false)
