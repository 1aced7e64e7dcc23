package twitchactors.dashboard

import twitchactors.domain.Day
import java.time.Instant
import java.time.LocalDate
import java.time.ZoneOffset
import java.util.concurrent.CompletionStage

/** UTC days, between the calendar's form and ours. */
internal object Days {
    fun start(date: LocalDate): Instant = date.atStartOfDay(ZoneOffset.UTC).toInstant()

    fun of(date: LocalDate): Day = Day(date.toEpochDay().toInt())

    fun date(day: Day): LocalDate = LocalDate.ofEpochDay(day.epochDay.toLong())
}

/** What the database answers. Blocks its caller. */
internal fun <T> CompletionStage<T>.now(): T = toCompletableFuture().join()
