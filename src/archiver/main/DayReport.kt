package twitchactors.archiver

import twitchactors.domain.Day

/**
 * What a look at a day has found.
 *
 * @param sealed null when the day was not sealed, or only files were looked at
 * @param survey what its sample files cover; null when there are none that can be read
 * @param notes what is worth saying and not wrong
 */
class DayReport(val day: Day, val sealed: SealedContent?, val survey: DaySurvey?, val findings: List<Finding>, val notes: List<String>) {
    /** How much of what was expected is there, in percent; null when nothing is known to have been expected. */
    val sanity: Double?
        get() = survey?.let { it.samples + it.gapCount }?.takeIf { it > 0 }?.let { expected -> 100.0 * survey.samples / expected }
}
