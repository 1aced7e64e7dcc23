package twitchactors.dashboard

import twitchactors.domain.Day
import twitchactors.store.DayLook
import twitchactors.store.DayStatus
import twitchactors.store.DayTrace
import twitchactors.store.SampledSlots

/**
 * What the page of the system's own state asks. Each blocks its caller.
 *
 * @param statuses those of days that have one, in any order; as [looks]
 * @param slots of a day that was not looked at yet: by slot what has come in
 * @param trace when the stages of a day were
 * @param deadLetters how many records could not be understood, by topic and reason; null while Kafka does not answer
 * @param gapsHere polls of this node that failed since it started, by reason; null when it collects nothing
 */
class WorkingsReads(
    val statuses: (Collection<Day>) -> List<DayStatus>,
    val looks: (Collection<Day>) -> List<DayLook>,
    val slots: (Day) -> Map<Int, SampledSlots.OfSlot>,
    val trace: (Day) -> DayTrace,
    val deadLetters: () -> List<DeadLetterCount>?,
    val gapsHere: () -> Map<String, Long>?,
) {
    /** @param topic where the records came from */
    data class DeadLetterCount(val topic: String, val reason: String, val count: Long)
}
