package twitchactors.sources

import java.time.Duration
import java.time.Instant

/** Two clocks that stand still until they are moved: the time of the samples and the monotonic one. */
internal class ChatTime(startsAt: String = "2022-08-01T19:30:00Z") {
    private var passed = 1_000_000_000L
    private val began = Instant.parse(startsAt).toEpochMilli()
    val nanos: () -> Long = { passed }
    val millis: () -> Long = { began + (passed - 1_000_000_000L) / 1_000_000 }

    /** The slot that it is, by its number since 1970. */
    val slot: Long get() = millis() / RoomTalk.SLOT_MS

    fun pass(millis: Long) {
        passed += Duration.ofMillis(millis).toNanos()
    }

    /** To the beginning of the next slot. */
    fun passSlot() = pass((slot + 1) * RoomTalk.SLOT_MS - millis())
}
