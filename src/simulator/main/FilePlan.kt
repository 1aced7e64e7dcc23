package twitchactors.simulator

import twitchactors.domain.Day
import twitchactors.domain.Slot

/**
 * Which files a day's folder holds and what each says of each streamer: part of the model, so that the answer can be worked out
 * from visits and plan without a look at what was written. In order of time.
 */
class FilePlan private constructor(
    val day: WorldDay,
    val files: List<PlannedFile>,
    private val irregular: Boolean,
    /** Every irregularity of the plan, those without a file of their own too. */
    val kinds: Set<Irregularity>,
) {
    /** What a good file says of a streamer. */
    enum class Says {
        /** Not in the file: offline, as far as it knows. */
        NOTHING,
        NAMES,
        EMPTY_LIST,
        GAP,
    }

    fun says(file: PlannedFile, streamer: Int): Says {
        if (day.broadcast(streamer, file.slot) == null) return Says.NOTHING
        if (streamer == file.victim) {
            return when {
                file.kinds.any { it.scope == Irregularity.Scope.GAP } -> Says.GAP
                Irregularity.EMPTY_LIST in file -> Says.EMPTY_LIST
                Irregularity.ABSENT_STREAMER in file -> Says.NOTHING
                else -> Says.NAMES
            }
        }
        return if (irregular && failed(streamer, file.slot)) Says.GAP else Says.NAMES
    }

    /** Names that are no logins, in all lists of [file] that count; a streamer's key that is none counts once. */
    fun namesDropped(file: PlannedFile): Int {
        if (!file.isGood || file.victim < 0) return 0
        val lists = when {
            Irregularity.NAMES_NO_LOGIN !in file || says(file, file.victim) != Says.NAMES -> 0
            Irregularity.KEYS_FOLD_TOGETHER in file -> 2
            else -> 1
        }
        return lists * NO_LOGINS.size + if (Irregularity.STREAMER_NO_LOGIN in file) 1 else 0
    }

    /** A poll that failed, in every file of its slot, as they do now and then: null chatters. Never the victim's. */
    private fun failed(streamer: Int, slot: Int) = day.world.draws.hits(Draws.Purpose.GAP, streamer.toLong(), day.moment(slot), 1, 250)

    companion object {
        /** Names that are none: too long, empty, blanks, dots, dashes, other scripts; a Kelvin sign, which lower-cases to k. */
        internal val NO_LOGINS = listOf(
            "abcdefghijklmnopqrstuvwxyz", "", " ", "two words", " leading", "trailing\n", "d.o.t", "da-sh", "émilie", "名前", "ник",
            "em😀ji", "\u212Aelvin", "quote\"d", "back\\slash", "@mention", "two words", "ａｂｃ", "nul\u0000inside", "x".repeat(300),
        )

        /** A file for each slot, named by its start, nothing wrong. */
        fun regular(day: WorldDay): FilePlan = FilePlan(day, (0 until Slot.PER_DAY).map { plain(day, it) }, irregular = false, emptySet())

        /**
         * Everything that can go wrong, at least once (as far as the day has streams to carry it) and twice on days with room for it;
         * about half of the slots stay plain.
         */
        fun irregular(day: WorldDay): FilePlan = Planner(day).plan()

        private fun start(day: WorldDay, slot: Int) = day.moment(slot) * Slot.SECONDS

        private fun plain(day: WorldDay, slot: Int) = PlannedFile("${start(day, slot)}.json", slot, polledAt(day, slot))

        /** Polls begin a few seconds after the slot. */
        private fun polledAt(day: WorldDay, slot: Int) =
            start(day, slot) + day.world.draws.index(Draws.Purpose.POLL, 0, day.moment(slot), 20)
    }

    private class Planner(private val day: WorldDay) {
        private val draw = day.world.draws.stream(Draws.Purpose.PLAN, 0, day.day.epochDay)
        private val planned = arrayOfNulls<List<PlannedFile>>(Slot.PER_DAY)
        private val kinds = sortedSetOf<Irregularity>()
        private val crowded: ArrayDeque<Int>
        private val others: ArrayDeque<Int>

        init {
            val slots = (0 until Slot.PER_DAY).toMutableList()
            for (i in slots.lastIndex downTo 1) slots[i] = slots.set(draw.below(i + 1), slots[i])
            val (full, rest) = slots.partition { slot -> candidates(slot, FEW).isNotEmpty() }
            crowded = ArrayDeque(full)
            others = ArrayDeque(rest.sortedBy { slot -> candidates(slot, 0).isEmpty() })
        }

        fun plan(): FilePlan {
            for (round in 0 until ROUNDS) {
                val needy = Irregularity.entries.filter { it.scope in CARRIED }
                if (round > 0 && crowded.size < needy.size + WHOLE_FILE_KINDS) break
                needy.forEach { carry(it, round) }
                Irregularity.entries.filter { it.scope == Irregularity.Scope.REJECTED }.forEach { kind ->
                    place(file(kind, victim = -1), freeSlot())
                }
                everythingAtOnce()
            }
            outage()
            val files = ArrayList<PlannedFile>()
            for (slot in 0 until Slot.PER_DAY) files += planned[slot] ?: listOf(plain(day, slot))
            beside(files)
            files.forEach { kinds += it.kinds }
            val order = compareBy<PlannedFile> { it.name.substringBefore('.').toLongOrNull() ?: Long.MAX_VALUE }.thenBy { it.name }
            return FilePlan(day, files.sortedWith(order), irregular = true, kinds)
        }

        /** Plants a kind that needs a stream to show in a slot that has one. */
        private fun carry(kind: Irregularity, round: Int) {
            val slot = crowded.removeFirstOrNull() ?: others.removeFirstOrNull() ?: return
            val victim = victim(slot)
            val start = start(day, slot)
            val first = polledAt(day, slot)
            val files = when (kind) {
                Irregularity.SECOND_POLL -> listOf(
                    0 to PlannedFile.Part.BEFORE,
                    60 + 60 * round to PlannedFile.Part.AFTER,
                ).map { (later, part) -> PlannedFile("${start + later}.json", slot, first + later, listOf(kind), part = part) }
                Irregularity.IDENTICAL_COPY -> listOf("$start.json", "${start + 7}.json").map { PlannedFile(it, slot, first, listOf(kind)) }
                Irregularity.CUT_BESIDE_GOOD -> {
                    val times = if (round == 0) 0L to 90L else 90L to 0L
                    listOf(
                        PlannedFile("${start + times.first}.json", slot, first + times.first, listOf(kind, Irregularity.CUT)),
                        PlannedFile("${start + times.second}.json", slot, first + times.second, listOf(kind)),
                    )
                }
                Irregularity.GAP_BESIDE_GOOD -> {
                    val times = if (round == 0) 0L to 75L else 75L to 0L
                    val gap = if (round == 0) Irregularity.NULL_CHATTERS else Irregularity.NUMBER_IN_LIST
                    listOf(
                        PlannedFile("${start + times.first}.json", slot, first + times.first, listOf(kind, gap), victim),
                        PlannedFile("${start + times.second}.json", slot, first + times.second, listOf(kind), victim),
                    )
                }
                Irregularity.GAP_IN_BOTH -> listOf(
                    PlannedFile("$start.json", slot, first, listOf(kind, Irregularity.STRING_FOR_LIST), victim),
                    PlannedFile("${start + 120}.json", slot, first + 120, listOf(kind, Irregularity.NULL_CHATTERS), victim),
                )
                Irregularity.NAMED_LATE -> listOf(
                    PlannedFile("${start + if (round == 0) 299 else 37}.json", slot, start + if (round == 0) 299 else 37, listOf(kind)),
                )
                else -> listOf(PlannedFile("$start.json", slot, first, listOf(kind), victim))
            }
            planned[slot] = files
        }

        /** What leaves a file good, all in one file. */
        private fun everythingAtOnce() {
            val slot = crowded.removeFirstOrNull() ?: return
            val all = Irregularity.entries.filter { it.scope == Irregularity.Scope.FILE && it !in SHAPES } +
                listOf(Irregularity.NAMES_NO_LOGIN, Irregularity.KEYS_FOLD_TOGETHER, Irregularity.STREAMER_NO_LOGIN)
            val start = start(day, slot)
            planned[slot] = listOf(PlannedFile("${start + 11}.json", slot, start + 11, all, victim(slot)))
        }

        /** No files for an hour less five minutes, and for two single slots. Slots that carry something else are left out. */
        private fun outage() {
            val begin = draw.below(Slot.PER_DAY - OUTAGE)
            val free = (0 until Slot.PER_DAY).filter { planned[it] == null }
            val single = List(2) { free[draw.below(free.size)] }
            (free.filter { it in begin until begin + OUTAGE } + single).forEach { planned[it] = emptyList() }
            kinds += Irregularity.MISSING
        }

        /** Files of the days around this one, at its edges and further off, and files that are no samples. */
        private fun beside(files: MutableList<PlannedFile>) {
            val begin = day.day.startsAt
            val end = begin + Day.SECONDS
            listOf(begin - 1, begin - 300, begin - 43_200, end, end + 600).filter { it >= 0 }.forEach { at ->
                files += PlannedFile("$at.json", Slot.at(at).index, at, listOf(Irregularity.OTHER_DAY))
            }
            val starts = (0 until 4).map { start(day, it) }
            val other = listOf("notes.txt", "latest.json", "${starts[0]}.json.tmp", ".${starts[1]}.json", "${starts[2]}", "${starts[3]}.gz")
            other.forEach { files += PlannedFile(it, EVENING, start(day, EVENING), listOf(Irregularity.OTHER_NAME)) }
        }

        private fun file(kind: Irregularity, victim: Int): (Int) -> PlannedFile =
            { slot -> PlannedFile("${start(day, slot)}.json", slot, polledAt(day, slot), listOf(kind), victim) }

        private fun place(file: (Int) -> PlannedFile, slot: Int) {
            planned[slot] = listOf(file(slot))
        }

        /** Rejected files go where they hurt, as long as slots with chatters abound. */
        private fun freeSlot(): Int = (
            if (crowded.size > SPARE) {
                crowded
            } else if (others.isEmpty()) {
                crowded
            } else {
                others
            }
            ).removeLast()

        private fun victim(slot: Int): Int {
            val from = candidates(slot, FEW).ifEmpty { candidates(slot, 1) }.ifEmpty { candidates(slot, 0) }
            return if (from.isEmpty()) -1 else from[day.world.draws.index(Draws.Purpose.VICTIM, slot.toLong(), day.day.epochDay, from.size)]
        }

        private fun candidates(slot: Int, chatters: Int) =
            (0 until day.streamers).filter { day.broadcast(it, slot) != null && day.chatterCount(it, slot) >= chatters }
    }
}

private const val ROUNDS = 2
private const val OUTAGE = 11
private const val SPARE = 60

/** The slot whose chats fill the files that nobody should read: full ones. */
private const val EVENING = 240

/** Chatters that a victim should have, so that halves of its list are not empty. */
private const val FEW = 4
private const val WHOLE_FILE_KINDS = 30
private val CARRIED = setOf(Irregularity.Scope.PAIR, Irregularity.Scope.FILE, Irregularity.Scope.GAP, Irregularity.Scope.STREAMER)
private val SHAPES = setOf(Irregularity.VIEWERS_API, Irregularity.OLD_ENDPOINT, Irregularity.BARE)
