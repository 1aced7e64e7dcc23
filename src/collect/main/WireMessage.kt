package twitchactors.collect

/** A message that may cross nodes; the others never leave the JVM. */
interface WireMessage
