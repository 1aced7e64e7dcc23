package twitchactors.archiver

import java.time.Duration

/**
 * One kind of data that goes when it is old enough.
 *
 * @param name for people
 * @param kept for how long, from when it came in
 * @param remove removes what has been here for longer than it is given, and nothing else; returns what went, for people. Blocks, may fail,
 *   and does no harm when it is done again
 */
class KeptKind(val name: String, val kept: Duration, val remove: (Duration) -> List<String>)
