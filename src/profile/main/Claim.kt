package twitchactors.profile

/**
 * What an owner of a partition is given when it claims it.
 *
 * @param fence greater than that of every owner before
 * @param offset the record of `sightings` that [state] has not seen yet; 0 when there is no state
 * @param topicId Kafka's id of the topic that [offset] counts in; null when there is no state
 * @param state the form of a [PartitionState]; null when there is none
 */
class Claim(val fence: Long, val offset: Long, val topicId: String?, val state: ByteArray?)
