package twitchactors.domain

/** Bytes that are not the binary form of a day: another thing, a newer version, cut or altered. The message says which. */
class DamagedForm(message: String) : RuntimeException(message)
