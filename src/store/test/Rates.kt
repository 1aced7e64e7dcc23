package twitchactors.store

import com.sun.management.OperatingSystemMXBean
import reactor.core.publisher.Flux
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.SlotSets
import twitchactors.services.Databases
import twitchactors.services.Schema
import java.lang.management.ManagementFactory
import java.util.SplittableRandom
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.concurrent.Semaphore
import java.util.concurrent.atomic.AtomicBoolean
import java.util.concurrent.locks.LockSupport

/**
 * Prints how fast the embedded stores take what a day's seal and the checkpoints write, and what a viewer-day takes. Arguments:
 * the number of viewers (900,000 when absent).
 */
object Rates {
    private const val STREAMERS = 100
    private const val CHECKPOINTS = 128
    private const val PAUSE_NS = 50_000_000L

    @JvmStatic
    fun main(arguments: Array<String>) {
        val viewers = arguments.firstOrNull()?.toInt() ?: 900_000
        TestStores.start().use { services ->
            Databases.pool(services.mariaDb, "rates", 4).use { dataSource ->
                Schema.migrate(dataSource)
                checkpoints(Checkpoints(dataSource), 1)
                checkpoints(Checkpoints(dataSource), 4)
            }
            ViewerDatabase.connect(services.mongo.uri, "rates").use { database ->
                var day = Day.parse("2022-08-01")!!
                for ((batch, parallel) in listOf(100 to 1, 500 to 1, 1000 to 1, 5000 to 1, 500 to 2, 500 to 4, 1000 to 4)) {
                    inserts(database.viewerDays, day, viewers / 10, batch, parallel)
                    day = Day(day.epochDay + 1)
                }
                inserts(database.viewerDays, day, viewers, ViewerDays.BATCH, 2)
                val last = day
                measured("the same again, replaced: ${viewers / 10} documents") {
                    write(database.viewerDays, documents(last, 2, viewers / 10), ViewerDays.BATCH, 2)
                }
                measured("an older revision, refused: ${viewers / 10} documents") {
                    write(database.viewerDays, documents(last, 1, viewers / 10), ViewerDays.BATCH, 2)
                }
                export(database.viewerDays, last, viewers)
            }
        }
    }

    private fun checkpoints(checkpoints: Checkpoints, threads: Int) {
        val random = SplittableRandom(7)
        // Compresses by about a fifth, as the form of a day does.
        val state = ByteArray(2 shl 20) { (if (it % 5 == 0) 0 else random.nextInt(256)).toByte() }
        val fences = LongArray(16) { checkpoints.claim(it).fence }
        val seconds = measured("$CHECKPOINTS checkpoints of 2 MiB by $threads threads") {
            val running = (0 until threads).map { thread ->
                CompletableFuture.runAsync {
                    for (i in thread until CHECKPOINTS step threads) {
                        check(checkpoints.write(i % 16, fences[i % 16], i.toLong(), "topic", state))
                    }
                }
            }
            running.forEach { it.join() }
        }
        println("  ${"%.1f".format(CHECKPOINTS / seconds)}/s")
        measured("16 claims, each reading 2 MiB") { repeat(16) { checkpoints.claim(it) } }
    }

    private fun inserts(viewerDays: ViewerDays, day: Day, viewers: Int, batch: Int, parallel: Int) {
        val documents = documents(day, 1, viewers)
        val stop = AtomicBoolean()
        val waits = mutableListOf<Double>()
        val ids = documents.batches(30).first().let { first -> List(first.size) { first.id(it) } }
        val reader = Thread {
            while (!stop.get()) {
                val from = System.nanoTime()
                viewerDays.read(ids).wait()
                waits += (System.nanoTime() - from) / 1e6
                // As a person clicks, not as fast as the server answers.
                LockSupport.parkNanos(PAUSE_NS)
            }
        }
        reader.start()
        val cpu = cpu()
        val seconds = measured("$viewers documents, $batch at a time, $parallel at once") { write(viewerDays, documents, batch, parallel) }
        val perDocument = (cpu() - cpu) / 1e3 / viewers
        stop.set(true)
        reader.join()
        waits.sort()
        println(
            "  ${(viewers / seconds).toInt()} documents/s, ${"%.0f".format(perDocument)} us of processor (client and server) and " +
                "${documents.bytes / viewers} bytes each; meanwhile ${waits.size} reads of 30: " +
                "median ${"%.1f".format(waits[waits.size / 2])} ms, slowest ${"%.1f".format(waits.last())} ms",
        )
    }

    private fun export(viewerDays: ViewerDays, day: Day, viewers: Int) {
        val logins = List(viewers) { Login.require(name(it)) }.sorted()
        for (batch in listOf(30, 100, 250, 1000)) {
            measured("$viewers viewer-days in order, $batch at a time") {
                val read = Flux.from(viewerDays.rows(day, logins, batch)).count().block()
                check(read == viewers.toLong()) { "$read of $viewers read" }
            }
        }
    }

    private fun write(viewerDays: ViewerDays, documents: ViewerDayDocuments, batch: Int, parallel: Int) {
        val room = Semaphore(parallel)
        val running = documents.batches(batch).map {
            room.acquire()
            viewerDays.write(it).whenComplete { _, _ -> room.release() }
        }
        running.forEach { it.wait() }
    }

    /** About 2.7 streamers per viewer, names of about 12 characters, and two or three runs in a fifth of the pairs. */
    private fun documents(day: Day, revision: Int, viewers: Int): ViewerDayDocuments {
        val random = SplittableRandom(1)
        val streamers = List(STREAMERS) { Login.require("streamer_" + "%03d".format(it)) }
        val documents = ViewerDayDocuments(day, revision, streamers)
        val runs = IntArray(3)
        for (name in List(viewers, ::name).sorted()) {
            val bytes = name.toByteArray(Charsets.US_ASCII)
            val count = 1 + random.nextInt(4) + random.nextInt(10) / 9 * 2
            for (streamer in List(count) { random.nextInt(STREAMERS) }.distinct().sorted()) {
                val parts = if (random.nextInt(5) == 0) 2 + random.nextInt(2) else 1
                repeat(parts) { runs[it] = (it * 95 + random.nextInt(40)).let { first -> SlotSets.run(first, first + random.nextInt(50)) } }
                documents.row(bytes, bytes.size, streamer, runs, parts)
            }
        }
        return documents
    }

    private fun name(viewer: Int): String {
        val word = Integer.toUnsignedString(viewer * -0x61c88647, 36)
        return "v_$word".padEnd(9 + viewer % 7, '_')
    }

    /** Nanoseconds of processor that this process has used, the embedded document store and the broker included. */
    private fun cpu(): Long = (ManagementFactory.getOperatingSystemMXBean() as OperatingSystemMXBean).processCpuTime

    private fun <T> CompletionStage<T>.wait(): T = toCompletableFuture().join()

    private fun measured(what: String, work: () -> Unit): Double {
        val from = System.nanoTime()
        work()
        return ((System.nanoTime() - from) / 1e9).also { println("$what: ${"%.2f".format(it)} s") }
    }
}
