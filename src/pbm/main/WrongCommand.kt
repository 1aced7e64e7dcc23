package twitchactors.pbm

/** A command that cannot be done as it stands; the message says what is wrong and what to do, in one line. */
class WrongCommand(message: String) : RuntimeException(message, null, false, false)
