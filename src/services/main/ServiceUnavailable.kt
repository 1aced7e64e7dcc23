package twitchactors.services

/**
 * A service that is needed does not start or does not answer. The message is one line that names the service, where its log
 * is, and the remedy; it is what the user reads (exit code 3).
 */
class ServiceUnavailable(message: String, cause: Throwable? = null) : RuntimeException(message, cause)
