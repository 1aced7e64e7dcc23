package twitchactors.store

/**
 * What a new owner of a partition begins with.
 *
 * @param fence its own, greater than that of every owner before it
 * @param nextOffset where to read on; 0 when there is no checkpoint yet
 * @param topicId the topic that [nextOffset] belongs to; null when there is no checkpoint yet
 * @param state as it was given to [Checkpoints.write]; null when there is no checkpoint yet
 */
class Claim(val fence: Long, val nextOffset: Long, val topicId: String?, val state: ByteArray?)
