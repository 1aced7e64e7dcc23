package twitchactors.collect

import org.apache.pekko.actor.typed.ActorRef

/**
 * What closing days needs from outside.
 *
 * @param topic the topic `samples`, as it is read
 * @param out the way into it
 * @param topicName its name
 * @param spans asks the roster who was tracked in which of these slots
 */
class DayCloserOutside(
    val topic: CollectedTopic,
    val out: SamplesOut,
    val topicName: String,
    val spans: (ClosedRange<DaySlot>, ActorRef<RosterKeeper.Spans>) -> Unit,
)
