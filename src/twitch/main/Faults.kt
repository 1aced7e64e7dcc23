package twitchactors.twitch

import twitchactors.simulator.Draws
import twitchactors.simulator.SplitMix64
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.atomic.AtomicInteger

/**
 * The faults that are switched on. Whether one happens is drawn from the seed for the so-manieth request of its kind, path and
 * streamer: the same run has the same faults, in whatever order requests about different streamers come.
 */
internal class Faults(private val draws: Draws, initial: List<Fault>) {
    /** One fault that is on, and how often it has happened. */
    class Switched(val fault: Fault) {
        val happened = AtomicInteger()
    }

    @Volatile
    private var switched: List<Switched> = initial.map { Switched(it) }
    private val asked = ConcurrentHashMap<String, AtomicInteger>()

    val all: List<Switched> get() = switched

    /**
     * Switches [fault] on, in the place of one for the same kind, streamer and path. One of probability 0 switches off all of its kind;
     * when it names a streamer or a path, those of that streamer and that path.
     */
    @Synchronized
    fun switch(fault: Fault) {
        val isOn = fault.probability > 0
        val others = switched.filterNot { if (isOn) it.fault.isReplacedBy(fault) else it.fault.isEndedBy(fault) }
        switched = if (isOn) others + Switched(fault) else others
    }

    private fun Fault.isReplacedBy(fault: Fault) = kind == fault.kind && streamer == fault.streamer && path == fault.path

    private fun Fault.isEndedBy(fault: Fault) =
        kind == fault.kind && fault.streamer in setOf(null, streamer) && fault.path in setOf(null, path)

    @Synchronized
    fun clear() {
        switched = emptyList()
    }

    /**
     * The fault of that [kind] that happens to a request for [path]; null for none.
     *
     * @param streamers whom the request names; asked for only when such a fault is on
     */
    fun hits(kind: FaultKind, path: String, streamers: () -> Collection<String>): Fault? {
        val ofKind = switched.filter { it.fault.kind == kind }
        if (ofKind.isEmpty()) return null
        val named = streamers()
        return ofKind.firstOrNull { it.fault.isFor(path, named) && happens(it, path, named) }?.fault
    }

    private fun Fault.isFor(path: String, streamers: Collection<String>) =
        (this.path == null || path.startsWith(this.path)) && (streamer == null || streamer.name in streamers)

    private fun happens(switched: Switched, path: String, streamers: Collection<String>): Boolean {
        val fault = switched.fault
        val whom = fault.streamer?.name ?: streamers.singleOrNull().orEmpty()
        val key = "${fault.kind.label} $path $whom"
        if (asked.size > MOST_ASKED) asked.clear()
        val turn = if (fault.kind.lasts) 0 else asked.computeIfAbsent(key) { AtomicInteger() }.getAndIncrement()
        val about = if (fault.kind.lasts) whom else key
        val entity = about.fold(fault.kind.ordinal.toLong()) { hash, char -> hash * 31 + char.code }
        if (!SplitMix64(draws.bits(Draws.Purpose.FAULT, entity, turn)).chance(fault.probability)) return false
        val times = fault.times ?: return true.also { switched.happened.incrementAndGet() }
        // Never more often, however many threads ask at once.
        return switched.happened.getAndUpdate { minOf(it + 1, times) } < times
    }

    private companion object {
        /** Who asks for ever new things begins anew at some time: memory stays bounded. */
        const val MOST_ASKED = 100_000
    }
}
