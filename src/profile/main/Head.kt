package twitchactors.profile

import twitchactors.topics.wire.Sample

/**
 * What a poll says besides the logins, and how many of those there are.
 *
 * @param sample one of its chunks: all but the logins is the same in each
 * @param names logins in all of its chunks together; 0 of a gap
 */
class Head(val sample: Sample, val names: Int)
