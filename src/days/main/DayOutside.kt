package twitchactors.days

import twitchactors.domain.Day
import twitchactors.store.DayStatus
import twitchactors.store.DayTrace
import java.time.Duration
import java.util.concurrent.CompletionStage

/**
 * What the life of days needs from outside. Every answer may fail; then it is asked for again.
 *
 * @param traces of the days that have changed within a time (null: of all days) and of the days that are named
 * @param statuses of all days
 * @param content what is sealed of a day; null when that is not whole, or changes just now
 * @param audience brings what is published of a day's audience up to date, see [DayAudiences.bring]
 * @param status of a day, as readers see it; null when there is none
 * @param write puts a status there for readers; false when one of a greater revision is there
 */
class DayOutside(
    val traces: (within: Duration?, also: Set<Day>) -> CompletionStage<List<DayTrace>>,
    val statuses: () -> CompletionStage<List<DayStatus>>,
    val content: (Day) -> CompletionStage<DayContent?>,
    val audience: (day: Day, revision: Int, content: DayContent, known: String?) -> CompletionStage<String?>,
    val status: (Day) -> CompletionStage<DayStatus?>,
    val write: (DayStatus) -> CompletionStage<Boolean>,
)
