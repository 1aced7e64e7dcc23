package twitchactors.cluster

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import twitchactors.pipeline.CollectedDay
import twitchactors.pipeline.Program
import twitchactors.pipeline.ServedDay
import twitchactors.pipeline.SimulatedTwitch
import java.nio.file.Path
import kotlin.io.path.createDirectory
import kotlin.io.path.isDirectory
import kotlin.io.path.listDirectoryEntries

/** A day that flows from a simulated Twitch through a [cluster] on [services]: what is stored in the end is what was served. */
class FlowingDay private constructor(
    private val folder: Path,
    val services: OutsideServices,
    private val twitch: SimulatedTwitch,
    val cluster: RunningCluster,
    private val environment: Map<String, String>,
) {
    /** Lets time begin, and [nodes] work. */
    fun begin(nodes: List<ClusterNode>) {
        twitch.authorize(cluster.nodes.first().data, environment)
        twitch.begin()
        cluster.start(nodes)
    }

    /** Waits until the day is sealed and published, then compares what is stored with what was served; and its digest by four ways. */
    fun compare() {
        val node = cluster.oldest
        while (twitch.day() == DAY) twitch.slot().let { slot -> cluster.until("the slot after $slot", node) { twitch.slot() != slot } }
        cluster.until("the sealed day", node) { services.published(DAY) == RunningCluster.PARTITIONS.toLong() }
        println("writes of former owners that were refused: ${services.refused()}")
        val exported = folder.resolve("collected.jsonl")
        cluster.until("all sample files", node) { recorded() == digest(exported, node) }
        val day = CollectedDay(cluster.samples(DAY), exported)
        val found = day.assertIs(ServedDay(twitch.served, DAY))
        println(found)
        assertTrue(found.samples > LEAST_SAMPLES, "$found")
        val replayed = Program.run("replay", cluster.samples(DAY), "--day", DAY, "--data", folder.resolve("one"), "--json")
        val alone = Json.parseToJsonElement(replayed.out).jsonObject.getValue("digest").jsonPrimitive.content
        // Sample files go when the archive is there.
        val ofFiles = recorded()
        Program.run("archive", DAY, "--data", node.data, environment = environment)
        val archived = restructured(folder.resolve("archive/$DAY.7z"))
        assertEquals(List(3) { day.digest }, listOf(ofFiles, alone, archived), "of sample files, one node, the archive")
    }

    /** The digest of the sample files; null while the recorder has not written any. */
    private fun recorded(): String? = cluster.samples(DAY).let { files ->
        if (files.isDirectory() && files.listDirectoryEntries("*.json").isNotEmpty()) restructured(files) else null
    }

    /** The digest of what is stored, after it was exported. */
    private fun digest(exported: Path, node: ClusterNode): String {
        Program.run("export", DAY, "--data", node.data, "--out", exported, environment = environment)
        return CollectedDay(node.data, exported).digest
    }

    private fun restructured(source: Path): String {
        val ran = Program.run("restructure", source, "--day", DAY, "--out", folder.resolve("again.csv"), "--json")
        return Json.parseToJsonElement(ran.out).jsonObject.getValue("digest").jsonPrimitive.content
    }

    companion object {
        private const val DAY = "2022-08-01"

        /** Times real time: a slot in 3 s. */
        const val QUICK = 100

        /** A slot in 4 s, for a whole day. */
        const val SLOW = 75

        /** The day goes on by the clock while nodes start and are away: a busy machine has few samples of it. */
        private const val LEAST_SAMPLES = 20

        /**
         * Does [work] with a day that begins at the time [at] and goes on at [speed] times real time.
         *
         * @param others what all nodes are told besides
         * @param on closed in the end
         */
        fun run(
            folder: Path,
            speed: Int,
            at: String,
            places: List<RunningCluster.Place>,
            others: Map<String, String> = emptyMap(),
            on: OutsideServices = OutsideServices(folder.resolve("services").createDirectory()),
            work: (FlowingDay) -> Unit,
        ) = on.use { services ->
            val size = listOf("--viewers", 3_000, "--streamers", 60, "--day", DAY, "--speed", speed, "--at", at)
            SimulatedTwitch.start(size, folder.resolve("served.jsonl")).use { twitch ->
                val simulated = mapOf("TWITCHACTORS_SIMULATION_TWITCH" to twitch.url, "TWITCHACTORS_ARCHIVER_NIGHTLY" to "false")
                val environment = services.environment + simulated + others
                RunningCluster(folder, services, places, environment).use { work(FlowingDay(folder, services, twitch, it, environment)) }
            }
        }
    }
}
