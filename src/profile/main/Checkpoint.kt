package twitchactors.profile

/** A partition's state and the offset behind what it has seen, to be written together if [fence] is still the greatest. */
class Checkpoint(val partition: Int, val fence: Long, val offset: Long, val topicId: String, val state: ByteArray)
