package twitchactors.sources

/** A message that may cross nodes; the others never leave the JVM. */
internal interface WireMessage
