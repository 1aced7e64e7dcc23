package twitchactors.archive

import twitchactors.domain.BadInput
import twitchactors.domain.Day

/** Those of [all] that are named for [day]; the others are rejected for it. */
class DayFiles(all: List<SampleFile>, val day: Day) {
    val files: List<SampleFile> = all.filter { it.name.day == day }

    val ofOtherDays: List<Rejected> = all.filter { it.name.day != day }.map { file ->
        Rejected(file.name.name, file.name.day?.let { "is of another day, $it" } ?: "is named for a time after the year 9999")
    }

    /** What to throw when no file counts; [rejected] are all that do not. */
    fun noneIsGood(rejected: List<Rejected>): BadInput {
        val first = rejected.firstOrNull() ?: return BadInput("no sample file of $day; name another day with --day")
        val more = if (rejected.size > 1) ", and ${rejected.size - 1} more" else ""
        return BadInput("no sample file of $day is good: ${first.file} ${first.reason}$more")
    }
}
