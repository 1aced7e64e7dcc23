package twitchactors.restructure

/** A file that counted for nothing, and why. */
data class Rejected(val file: String, val reason: String)
