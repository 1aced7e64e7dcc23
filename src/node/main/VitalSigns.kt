package twitchactors.node

import org.apache.pekko.actor.typed.ActorSystem
import twitchactors.collect.CollectBoard
import twitchactors.profile.PartitionBoard
import twitchactors.store.NodeVitals
import java.nio.file.Files
import java.nio.file.Path
import java.sql.SQLException
import java.time.Duration
import java.util.concurrent.Executor

/** Has a node say how it is, again and again, for the page of the cluster on whichever node that is looked at. */
internal class VitalSigns(private val store: NodeVitals, private val board: PartitionBoard, private val collecting: CollectBoard?) {
    /** From now on until [system] ends; [blocking] is for what waits for the database. */
    fun keep(system: ActorSystem<*>, blocking: Executor) {
        val address = system.address().toString()
        blocking.execute { forgetOld() }
        system.scheduler().scheduleWithFixedDelay(EVERY, EVERY, { blocking.execute { say(address) } }, system.executionContext())
    }

    private fun say(address: String) = try {
        store.say(vitals(address))
    } catch (_: SQLException) {
        // Said again soon; meanwhile the page shows how old the last word is.
    }

    private fun forgetOld() = try {
        store.forget(OLD)
    } catch (_: SQLException) {
        // Old rows show nowhere; the next node that starts removes them.
        0
    }

    private fun vitals(address: String): NodeVitals.Vitals {
        val memory = Runtime.getRuntime()
        return NodeVitals.Vitals(
            address,
            heapUsed = memory.totalMemory() - memory.freeMemory(),
            heapMax = memory.maxMemory(),
            resident = residentBytes(),
            pollers = collecting?.pollers?.get() ?: 0,
            partitions = board.statuses().size,
            namesApplied = board.namesApplied.sum(),
        )
    }

    companion object {
        private val EVERY: Duration = Duration.ofSeconds(2)
        private val OLD: Duration = Duration.ofDays(1)
        private const val PAGE = 4096L
        private val STATM: Path = Path.of("/proc/self/statm")

        /** Memory of this process as Linux tells it, in pages of 4 KiB; null elsewhere. */
        fun residentBytes(): Long? = runCatching { Files.readString(STATM).split(' ')[1].toLong() * PAGE }.getOrNull()
    }
}
