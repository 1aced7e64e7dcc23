package twitchactors.collect

import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage

/**
 * Room for so many bytes, given out in the order in which it is asked for. What is larger than all of it gets in when nothing else
 * is there. Safe for use by several threads.
 *
 * @param bytes for all
 * @param reserve bytes besides, only for what [enterNow]s
 */
internal class Room(private val bytes: Long, private val reserve: Long) {
    /** A place that was asked for. */
    class Place internal constructor(internal val size: Long) {
        private val given = CompletableFuture<Unit>()

        /** Done when it is given. */
        val isGiven: CompletionStage<Unit> get() = given

        internal fun give() = given.complete(Unit)

        internal fun withdraw() = given.cancel(false)
    }

    private val waiting = ArrayDeque<Place>()
    private var taken = 0L
    private var isGiving = false

    val used: Long get() = synchronized(this) { taken }

    /** Asks for a place of [size] bytes. */
    fun enter(size: Long): Place {
        val place = Place(size)
        synchronized(this) {
            if (waiting.isNotEmpty() || !fits(size, bytes)) {
                waiting += place
                return place
            }
            taken += size
        }
        place.give()
        return place
    }

    /** Takes [size] bytes without waiting, of the reserve too; false when there is no room. */
    fun enterNow(size: Long): Boolean = synchronized(this) { fits(size, bytes + reserve).also { if (it) taken += size } }

    /** Asks no more for [place]; false when it is given already. */
    fun withdraw(place: Place): Boolean {
        val isWithdrawn = synchronized(this) { waiting.remove(place) }
        if (!isWithdrawn) return false
        place.withdraw()
        giveOut()
        return true
    }

    /** Gives [size] bytes back. */
    fun leave(size: Long) {
        synchronized(this) { taken -= size }
        giveOut()
    }

    private fun fits(size: Long, most: Long) = taken == 0L || taken + size <= most

    /** Whoever is given a place may leave it at once: not from within, then, for thousands may wait. */
    private fun giveOut() {
        synchronized(this) {
            if (isGiving) return
            isGiving = true
        }
        while (true) {
            val next = synchronized(this) {
                val first = waiting.firstOrNull()?.takeIf { fits(it.size, bytes) }
                if (first == null) {
                    isGiving = false
                    return
                }
                taken += first.size
                waiting.removeFirst()
            }
            next.give()
        }
    }
}
