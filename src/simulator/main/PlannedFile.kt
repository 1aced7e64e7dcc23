package twitchactors.simulator

import java.util.EnumSet

/**
 * One file of a day's folder, before it is written.
 *
 * @property name the file's name
 * @property slot the slot of the day whose chats it holds
 * @property polledAt epoch seconds of the poll that it records
 * @property kinds what is irregular about it
 * @property victim the streamer that irregularities of one streamer hit; -1 when nobody is live
 * @property part which chatters it saw
 */
class PlannedFile internal constructor(
    val name: String,
    val slot: Int,
    val polledAt: Long,
    kinds: Collection<Irregularity> = emptyList(),
    val victim: Int = -1,
    val part: Part = Part.ALL,
) {
    val kinds: Set<Irregularity> = if (kinds.isEmpty()) emptySet() else EnumSet.copyOf(kinds)

    /** A poll sees who is there at its second: of two in a slot, the first misses late arrivals, the second who has left. */
    enum class Part { ALL, BEFORE, AFTER }

    /** Why readers must refuse the file; null when it is good. Files of [Irregularity.OTHER_NAME] are not even looked at. */
    val rejectedFor: Irregularity? get() = kinds.firstOrNull { it.scope == Irregularity.Scope.REJECTED || it == Irregularity.OTHER_DAY }

    val isGood: Boolean get() = rejectedFor == null && Irregularity.OTHER_NAME !in kinds

    operator fun contains(kind: Irregularity): Boolean = kind in kinds
}
