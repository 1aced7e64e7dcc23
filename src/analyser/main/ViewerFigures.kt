package twitchactors.analyser

import twitchactors.audience.BotSigns
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.Slot

/**
 * What sealed days together say of one viewer. Follows from a [ViewerHistory] and the days that were tracked, and from nothing else,
 * so that a day that is tracked late needs no document of anybody who was not seen on it.
 *
 * An average is over the tracked days from the viewer's first day to the last one: a tracked day without the viewer counts as 0, one that
 * was not tracked is passed over.
 *
 * @param asOf the last tracked day
 * @param days on how many tracked days the viewer was seen
 * @param minutes of all days, distinct slots x 5
 * @param streamers the most minutes first; of equal ones by name
 * @param games as [streamers]
 * @param year minutes of the days seen among the 365 up to [asOf], ascending
 */
class ViewerFigures private constructor(
    val asOf: Day,
    val days: Int,
    val firstSeen: Day,
    val lastSeen: Day,
    val minutes: Int,
    val several: Several,
    val streak: Streak,
    val workday: Schedule,
    val weekend: Schedule,
    val streamers: List<Favourite<Login>>,
    val games: List<Favourite<String>>,
    val year: Map<Day, Int>,
    val bot: Bot,
) {
    /**
     * How the viewer was in several chats in one slot.
     *
     * @param most in how many at most
     */
    data class Several(val minutes: Int, val most: Int)

    /**
     * Tracked days in a row on which the viewer was seen.
     *
     * @param current those that end with the last tracked day; 0 when the viewer was not seen then
     */
    data class Streak(val current: Int, val longest: Int)

    /**
     * The average minutes seen in each hour (UTC) of a kind of day.
     *
     * @param days how many there were; with 0 all [minutes] are 0
     */
    data class Schedule(val days: Int, val minutes: List<Double>)

    /**
     * A streamer or game of the viewer.
     *
     * @param minutes of all days
     * @param days on how many
     * @param score the average of the minutes per day: what comes first by it is the recent favourite
     */
    data class Favourite<T>(val what: T, val minutes: Int, val days: Int, val score: Double)

    /**
     * Whether the viewer looks like a program.
     *
     * @param score the greatest of the last days
     * @param reasons of all of them
     */
    data class Bot(val score: Int, val reasons: Set<BotSigns.Reason>) {
        val isBot: Boolean get() = score >= BotSigns.BOT
    }

    companion object {
        /** Days of the moving averages, and of the days that a bot is told by. */
        const val WORKDAYS = 20
        const val WEEKEND_DAYS = 8
        const val RECENT_DAYS = 28
        const val YEAR_DAYS = 365

        /**
         * The figures of a viewer with [history]; null when they were seen on none of the tracked days.
         *
         * @param tracked ascending
         * @param isListed on a list of known bots
         */
        fun of(history: ViewerHistory, tracked: List<Day>, isListed: Boolean): ViewerFigures? {
            val places = HashMap<Day, Int>(tracked.size * 2)
            tracked.forEachIndexed { place, day -> places[day] = place }
            val seen = history.days.filter { it.day in places }
            return if (seen.isEmpty()) null else Reckoning(seen, tracked, places, isListed).figures()
        }
    }

    /** @param places of the [tracked] days */
    private class Reckoning(
        private val seen: List<SeenDay>,
        private val tracked: List<Day>,
        private val places: Map<Day, Int>,
        private val isListed: Boolean,
    ) {
        private val first = places.getValue(seen.first().day)
        private val last = places.getValue(seen.last().day)

        fun figures() = ViewerFigures(
            asOf = tracked.last(),
            days = seen.size,
            firstSeen = seen.first().day,
            lastSeen = seen.last().day,
            minutes = seen.sumOf { it.slots } * Slot.MINUTES,
            several = Several(seen.sumOf { it.slotsAtSeveral } * Slot.MINUTES, seen.maxOf { it.mostAtOnce }),
            streak = streak(),
            workday = schedule(WORKDAYS) { !it.isWeekend },
            weekend = schedule(WEEKEND_DAYS) { it.isWeekend },
            streamers = favourites { it.streamers },
            games = favourites { it.games },
            year = seen.filter { it.day.epochDay > tracked.last().epochDay - YEAR_DAYS }.associate { it.day to it.slots * Slot.MINUTES },
            bot = bot(),
        )

        private fun streak(): Streak {
            var longest = 0
            var length = 0
            var before = -2
            for (day in seen) {
                val place = places.getValue(day.day)
                length = if (place == before + 1) length + 1 else 1
                before = place
                longest = maxOf(longest, length)
            }
            return Streak(if (last == tracked.size - 1) length else 0, longest)
        }

        private fun schedule(span: Int, isOne: (Day) -> Boolean): Schedule {
            val days = tracked.subList(first, last + 1).filter(isOne)
            val average = MovingAverage(span, days.size)
            val minutes = DoubleArray(SeenDay.HOURS)
            val at = days.withIndex().associate { it.value to it.index }
            for (day in seen) {
                val weight = average.weight(at[day.day] ?: continue)
                for (hour in minutes.indices) minutes[hour] += weight * day.hours[hour] * Slot.MINUTES
            }
            return Schedule(days.size, minutes.toList())
        }

        private fun <T : Comparable<T>> favourites(of: (SeenDay) -> Map<T, Int>): List<Favourite<T>> {
            val average = MovingAverage(RECENT_DAYS, last - first + 1)
            val found = HashMap<T, Favourite<T>>()
            for (day in seen) {
                val weight = average.weight(places.getValue(day.day) - first)
                for ((what, slots) in of(day)) {
                    val before = found[what] ?: Favourite(what, 0, 0, 0.0)
                    val minutes = slots * Slot.MINUTES
                    found[what] = Favourite(what, before.minutes + minutes, before.days + 1, before.score + weight * minutes)
                }
            }
            return found.values.sortedWith(compareByDescending<Favourite<T>> { it.minutes }.thenBy { it.what })
        }

        private fun bot(): Bot {
            val signs = seen.filter { places.getValue(it.day) > last - RECENT_DAYS }.map { BotSigns(isListed, it.mostAtOnce, it.slots) }
            return Bot(signs.maxOf { it.score }, signs.flatMapTo(sortedSetOf()) { it.reasons })
        }

        private val Day.isWeekend: Boolean get() = Math.floorMod(epochDay + DAYS_TO_MONDAY, DAYS_OF_WEEK) >= SATURDAY
    }
}

/** 1970-01-01 was a Thursday. */
private const val DAYS_TO_MONDAY = 3
private const val DAYS_OF_WEEK = 7
private const val SATURDAY = 5
