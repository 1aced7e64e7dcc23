package twitchactors.domain

/**
 * Input that cannot be used: an argument, a file, a folder. The message is one line that names the thing and the remedy;
 * it is what the user reads. Nothing has been changed when this is thrown.
 */
class BadInput(message: String, cause: Throwable? = null) : RuntimeException(message, cause)
