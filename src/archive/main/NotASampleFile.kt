package twitchactors.archive

/** A file that counts for nothing; [reason] says why, in words that follow the file's name. */
class NotASampleFile(val reason: String) : RuntimeException(reason, null, false, false)
