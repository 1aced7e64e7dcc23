package twitchactors.pipeline

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.apache.kafka.clients.admin.Admin
import org.apache.kafka.clients.admin.OffsetSpec
import org.apache.kafka.clients.consumer.KafkaConsumer
import org.apache.kafka.clients.producer.KafkaProducer
import org.apache.kafka.clients.producer.ProducerRecord
import org.apache.kafka.common.TopicPartition
import org.apache.kafka.common.serialization.ByteArrayDeserializer
import org.apache.kafka.common.serialization.ByteArraySerializer
import org.apache.kafka.common.serialization.StringDeserializer
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.MethodOrderer
import org.junit.jupiter.api.Order
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.api.TestMethodOrder
import org.junit.jupiter.api.io.TempDir
import twitchactors.pipeline.Pbm.Companion.text
import java.net.URI
import java.nio.file.Path
import java.time.Duration
import kotlin.io.path.fileSize
import kotlin.io.path.readLines
import kotlin.io.path.readText
import kotlin.io.path.writeText

/**
 * The commands of pbm on a cluster of three nodes, before and after something real has changed: what they say is compared with what Kafka,
 * MariaDB, the processes, the simulated Twitch and the nodes' own logs say. The first two nodes have no roster, the third no
 * viewer partitions.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation::class)
class PbmIT {
    private lateinit var twitch: SimulatedTwitch
    private lateinit var cluster: Cluster
    private lateinit var recorded: RecordedDay
    private lateinit var second: Program
    private lateinit var third: Program
    private lateinit var pbm: Pbm
    private val data get() = cluster.data

    @BeforeAll
    fun open(@TempDir folder: Path) {
        recorded = RecordedDay(folder, REPLAYED, seed = 31, viewers = 500, streamers = 5)
        val nightly = "TWITCHACTORS_ARCHIVER_NIGHTLY" to "false"
        cluster = Cluster(folder, OPERATED + nightly + ("TWITCHACTORS_CLUSTER_ROLES" to "ingest,profile,archive"))
        second = cluster.more(1, OPERATED).single()
        // The node that collects from it asks for its time once, so it has to begin before.
        val size = listOf<Any>("--viewers", 1000, "--streamers", 40, "--speed", SPEED, "--day", FROM, "--at", "18:00")
        twitch = SimulatedTwitch.start(size, folder.resolve("served.jsonl"))
        val collecting = mapOf("TWITCHACTORS_CLUSTER_ROLES" to "collect", "TWITCHACTORS_SIMULATION_TWITCH" to twitch.url)
        twitch.begin()
        third = cluster.more(1, OPERATED + collecting).single()
        pbm = Pbm(cluster.folderOf(1))
    }

    @AfterAll
    fun close() {
        if (::cluster.isInitialized) cluster.close()
        if (::twitch.isInitialized) twitch.close()
    }

    @Test
    @Order(1)
    fun `a streamer that is paused is polled no more, and is again when it is resumed`() {
        val here = Pbm(cluster.folderOf(2))
        cluster.until("a roster") { here.ended("streamer", "list").exit == 0 }
        Samples(data.address("kafka")).use { samples ->
            var streamer = ""
            cluster.until("samples of several that are tracked") {
                val seen = samples.look().filterValues { it > 1 }.keys.intersect(here.names("tracked").toSet())
                streamer = seen.firstOrNull().orEmpty()
                seen.size > 1
            }
            assertFalse(streamer in here.names("paused"))
            here.done("streamer", "pause", streamer)
            assertTrue(streamer in here.names("paused"))
            // Polls of slots that have begun may still come, and gaps that are listed afterwards.
            samples.forget()
            cluster.until("several slots without it") {
                val seen = samples.look()
                if (streamer in seen) samples.forget()
                streamer !in seen && seen.any { it.value > SLOTS }
            }
            assertFalse(streamer in here.names("tracked"))
            assertTrue("$streamer is paused no more: " in here.done("streamer", "resume", streamer))
            cluster.until("samples of the one that was resumed") { (samples.look()[streamer] ?: 0) > 0 }
        }
        assertEquals("$NOBODY was not paused; nothing was changed\n", here.done("streamer", "resume", NOBODY))
        val refused = here.ended("streamer", "pause", NOBODY)
        assertEquals(2, refused.exit, "$refused")
        assertTrue(listOf("$NOBODY is not tracked", "'streamer list'", "--ahead").all { it in refused.err }, "$refused")
        assertFalse(NOBODY in here.names("paused"))
        here.done("streamer", "pause", NOBODY, "--ahead")
        assertTrue(NOBODY in here.names("paused"))
        here.done("streamer", "resume", NOBODY)
        here.done("streamer", "add", "some_pinned_one")
        assertTrue("some_pinned_one" in pbm.names("pinned"))
        here.done("streamer", "remove", "some_pinned_one")
        assertFalse("some_pinned_one" in pbm.names("pinned"))
    }

    private fun Pbm.names(kind: String): List<String> = json("streamer", "list").getValue(kind).jsonArray.map { it.jsonPrimitive.content }

    @Test
    @Order(2)
    fun `all that can be asked is found from --help alone`(@TempDir empty: Path) {
        val help = pbm.done("--help")
        val palettes = help.lines().filter { PALETTE.matches(it) }.map { it.substringBefore(':') }
        val some = listOf("cluster", "cluster-sharding", "actor", "streamer", "day", "viewer", "kafka", "audit", "log")
        assertTrue(palettes.containsAll(some), help)
        for (palette in palettes) {
            assertTrue(
                Regex("(Usage: $palette|$palette: ).*", RegexOption.DOT_MATCHES_ALL).matches(pbm.done("help", palette)),
                palette,
            )
        }
        assertTrue("-a, --address" in pbm.done("cluster", "down", "--help"))

        val silent = Program.start(listOf("pbm", "127.0.0.1:1", "--data", empty, "uptime")).use { it.end() }
        assertEquals(3, silent.exit, "$silent")
        assertTrue("twitchactors node" in silent.err, silent.err)
        val nobody = Program.start(listOf("pbm", "--data", empty, "uptime")).use { it.end() }
        assertEquals(3, nobody.exit, "$nobody")
        assertTrue("no node runs on $empty" in nobody.err, nobody.err)
        val address = data.path.resolve("pbm.address").readLines().single()
        val stranger = Program.start(listOf("pbm", address, "--data", empty, "uptime")).use { it.end() }
        assertEquals(2, stranger.exit, "$stranger")
        assertTrue("there is none here" in stranger.err && "--token-file" in stranger.err, stranger.err)
        val other = empty.resolve("other.token").apply { writeText("of another node") }
        val mistaken = Program.start(listOf("pbm", address, "--token-file", other, "uptime", "--json")).use { it.end() }
        assertEquals(2, mistaken.exit, "$mistaken")
        assertTrue("has another token than that of $other" in mistaken.err, mistaken.err)
        val document = Json.parseToJsonElement(mistaken.out).jsonObject
        assertEquals("bad_input", document.text("error"))
        assertTrue(document.text("message") in mistaken.err, "$mistaken")
    }

    @Test
    @Order(3)
    fun `what alerts and dashboard ask for is there`() {
        val address = data.path.resolve("pbm.address").readLines().single()
        val metrics = URI("http://$address/metrics").toURL().readText()
        val known = METRIC.findAll(metrics).map { it.value }.toSet()
        for (file in listOf("prometheus/alerts.yaml", "grafana/dashboards/twitchactors.json")) {
            val wanted = METRIC.findAll(Program.root.resolve("docker/$file").readText()).map { it.value }.toSet()
            assertTrue(wanted.size > 10, file)
            // Those of gaps come with the first of each reason.
            assertEquals(setOf<String>(), wanted - known - "twitchactors_published_gaps_total" - "jvm_gc_pause_seconds", file)
        }
        assertTrue(Regex("twitchactors_living_partitions [0-9.]+").containsMatchIn(metrics), metrics)
        val ready = Json.parseToJsonElement(URI("http://$address/health/ready").toURL().readText()).jsonObject
        val roles = setOf("ingest", "profile", "archive")
        assertEquals(roles + setOf("kafka", "mariadb", "mongo", "cluster"), ready.getValue("parts").jsonObject.keys)
    }

    @Test
    @Order(4)
    fun `nodes, shards and entities are those that there are, whichever node is asked`() {
        val all = (1..3).map { Pbm(cluster.folderOf(it)) }
        val pids = all.map { it.json("uptime").text("pid").toLong() }
        assertEquals(listOf(cluster.first.pid, second.pid, third.pid), pids)
        cluster.until("partitions on the second node") { cluster.ownedBy(second).size >= 2 }
        cluster.until("what all nodes and their logs say alike") {
            val shards = all.map { it.shards() }
            shards.distinct().size == 1 && shards.first().size == Cluster.PARTITIONS &&
                shards.first().filterValues { it == address(second) }.keys == cluster.ownedBy(second).keys
        }
        val members = all.map { it.members() }
        assertEquals(setOf(data.address("node"), address(second), address(third)), members.first().keys)
        assertEquals(1, members.distinct().size)
        val shown = pbm.done("cluster", "show").trim().lines()
        assertEquals(5, shown.size, "$shown")
        assertTrue(shown.first().startsWith("address | [roles] | status"), "$shown")
        assertEquals("Count: 3 nodes", shown.last())
        assertEquals(setOf("up"), members.first().values.toSet())

        val types = pbm.rows("types", "cluster-sharding", "stats").associateBy { it.text("type") }
        assertEquals(listOf("2", "16", "16"), listOf("nodes", "shards", "entities").map { types.getValue("viewer-partition").text(it) })
        val regions = all.last().rows("regions", "cluster-sharding", "regions", "-t", "viewer-partition").map { it.text("node") }
        assertEquals(setOf(data.address("node"), address(second)), regions.toSet())
        assertTrue(pbm.done("cluster", "leader").trim() in members.first().keys)
        assertEquals("pekko://twitchactors\n", pbm.done("actor", "system"))
        val partitions = all.map { it.actors("/system/sharding/viewer-partition") }
        assertEquals(setOf(Cluster.PARTITIONS), setOf(partitions.sumOf { it }))
    }

    /** How many entities live below a region of that node. */
    private fun Pbm.actors(region: String): Int {
        val ended = ended("actor", "hierarchy", "-s", region, "-d", "3", "--json")
        if (ended.exit == 2) return 0
        val actors = Json.parseToJsonElement(ended.out).jsonObject.getValue("actors").jsonArray
        return actors.count { it.jsonObject.text("depth") == "2" }
    }

    @Test
    @Order(5)
    fun `a fault is switched on and off in the simulated Twitch`() {
        val here = Pbm(cluster.folderOf(3))
        here.done("simulator", "fault", "server-error:0.3,path=/helix/games")
        cluster.until("the fault") { (twitch.faults()["server-error"] ?: -1) > 0 }
        assertTrue("ended: server-error:0.3,path=/helix/games" in here.done("simulator", "fault", "server-error:0"))
        assertEquals(emptyMap<String, Int>(), twitch.faults())
        assertTrue("no such fault was on" in here.done("simulator", "fault", "server-error:0"))
        here.done("simulator", "fault", "server-error:0.3,path=/helix/games")
        here.done("simulator", "fault", "--clear")
        assertEquals(emptyMap<String, Int>(), twitch.faults())
        assertEquals(2, here.ended("simulator", "fault", "frob").exit)
        assertEquals(2, pbm.ended("simulator", "fault").exit)
    }

    @Test
    @Order(6)
    fun `a day is open, is sealed when it is asked for, and a recorded one has the digest of restructure`() {
        // Simulated days pass: the one that goes on now.
        var today = ""
        cluster.until("a day that is open") {
            today = query("SELECT MAX(day) FROM day_openings WHERE day < '$REPLAYED'").single()
            seals(today) == 0
        }
        assertEquals("open", state(today))
        assertEquals(2, pbm.ended("day", "digest", today).exit)
        pbm.done("day", "seal", today)
        assertEquals(Cluster.PARTITIONS, seals(today))
        assertEquals(2, pbm.ended("day", "seal", "2001-01-01").exit)

        assertEquals(null, state(REPLAYED))
        data.replay(recorded.source, REPLAYED)
        assertEquals("sealed", state(REPLAYED))
        assertEquals(recorded.digest, pbm.json("day", "digest", REPLAYED).text("digest"))
    }

    private fun state(day: String): String? = pbm.rows("days", "day", "list").find { it.text("day") == day }?.text("state")

    private fun seals(day: String): Int = query("SELECT COUNT(*) FROM partition_seals WHERE day = '$day'").single().toInt()

    @Test
    @Order(7)
    fun `the lag is that of Kafka's own offsets`() {
        Admin.create(mapOf<String, Any>("bootstrap.servers" to data.address("kafka"))).use { admin ->
            val partitions = List(Cluster.PARTITIONS) { TopicPartition("sightings", it) } + List(4) { TopicPartition("samples", it) }
            fun ends() = admin.listOffsets(partitions.associateWith { OffsetSpec.latest() }).all().get().mapValues { it.value.offset() }
            fun committed() = admin.listConsumerGroupOffsets("splitter").partitionsToOffsetAndMetadata().get().mapValues {
                it.value.offset()
            }
            val (ends, places) = ends() to committed()
            val rows = pbm.rows("lag", "kafka", "lag").associateBy { TopicPartition(it.text("topic"), it.text("partition").toInt()) }
            val (endsAfter, placesAfter) = ends() to committed()
            for (at in partitions) {
                val row = rows.getValue(at)
                assertTrue(row.text("end").toLong() in ends.getValue(at)..endsAfter.getValue(at), "$row")
                assertEquals(row.text("end").toLong() - row.text("position").toLong(), row.text("lag").toLong(), "$row")
                val isOfGroup = at.topic() == "samples"
                if (isOfGroup) assertTrue(row.text("position").toLong() in places.getValue(at)..placesAfter.getValue(at), "$row")
            }
        }
    }

    @Test
    @Order(8)
    fun `a record that nobody understands is a dead letter, and is another one when it is sent again`() {
        assertEquals(0, pbm.rows("dead_letters", "dead-letters", "list").size)
        val settings = mapOf<String, Any>("bootstrap.servers" to data.address("kafka"))
        val sent = KafkaProducer(settings, ByteArraySerializer(), ByteArraySerializer()).use {
            it.send(ProducerRecord("samples", 1, null, "no sample".toByteArray())).get()
        }
        cluster.until("the dead letter") { pbm.rows("dead_letters", "dead-letters", "list").isNotEmpty() }
        val letter = pbm.rows("dead_letters", "dead-letters", "list").single()
        assertEquals(listOf("samples", "1", "${sent.offset()}"), listOf("topic", "partition", "offset").map { letter.text(it) })
        assertEquals(letter.text("reason"), pbm.json("dead-letters", "show", letter.text("number")).text("reason"))
        pbm.done("dead-letters", "replay", letter.text("number"))
        cluster.until("the next one") { pbm.rows("dead_letters", "dead-letters", "list").size == 2 }
        assertEquals(2, pbm.ended("dead-letters", "show", "99").exit)
    }

    @Test
    @Order(9)
    fun `an archive is listed when it is there, and restored to the same day`() {
        assertEquals(emptyList<String>(), pbm.rows("archives", "archive", "list").map { it.text("day") })
        assertEquals(2, pbm.ended("archive", "restore", REPLAYED).exit)
        Program.run("archive", REPLAYED, "--data", data.path)
        val listed = pbm.rows("archives", "archive", "list").single()
        assertEquals(REPLAYED, listed.text("day"))
        assertEquals(data.path.resolve("archive/$REPLAYED.7z").fileSize(), listed.text("bytes").toLong())
        assertEquals(recorded.digest, pbm.json("archive", "restore", REPLAYED).text("digest"))
    }

    @Test
    @Order(10)
    fun `a viewer is known, opts out, is known no more, and no login stands in the audit`() {
        val viewer = recorded.expected().readLines()[1].substringBefore(',')
        val before = pbm.json("viewer", "show", viewer)
        assertEquals("null", before.text("kept_out"))
        assertTrue(REPLAYED in "${before.getValue("places")}", "$before")
        assertEquals(2, pbm.ended("viewer", "optout", viewer).exit)
        val kept = query("SELECT COUNT(*) FROM suppressions").single().toInt()
        pbm.done("viewer", "optout", viewer, "--yes")
        assertEquals(kept + 1, query("SELECT COUNT(*) FROM suppressions").single().toInt())
        val after = pbm.json("viewer", "show", viewer)
        assertEquals("opted out", after.text("kept_out"))
        assertEquals("{}", "${after.getValue("places")}")
        pbm.done("viewer", "optout", viewer, "--lift", "--yes")
        assertEquals("null", pbm.json("viewer", "show", viewer).text("kept_out"))
        pbm.done("viewer", "erase", viewer, "--yes")
        assertEquals("erased", pbm.json("viewer", "show", viewer).text("kept_out"))

        val audit = query("SELECT CONCAT_WS(' ', who, action, subject, detail) FROM audit")
        for (command in listOf("cluster show", "streamer pause", "day seal", "viewer optout", "viewer erase")) {
            assertEquals(0, audit.count { command in it } % 2, "$command begins and ends")
            assertTrue(audit.any { command in it && "ended with 0" in it }, command)
        }
        assertEquals(emptyList<String>(), audit.filter { viewer in it })

        val told = pbm.rows("entries", "audit", "--last", "5000").map { it.line() }
        assertEquals(emptyList<String>(), audit - told.toSet())
        val ofViewer = pbm.rows("entries", "audit", viewer)
        assertTrue(ofViewer.any { it.text("action") == "viewer erase" } && ofViewer.size < told.size, "$ofViewer")
        assertEquals(emptyList<String>(), ofViewer.map { it.line() }.filter { it !in told && " audit " !in it })
        assertEquals(1, ofViewer.map { it.text("subject") }.distinct().size)
    }

    private fun JsonObject.line() = listOf("who", "action", "subject", "detail").joinToString(" ") { text(it) }

    @Test
    @Order(11)
    fun `what is logged is told as it comes, from the level that was set`() {
        val here = Pbm(cluster.folderOf(2))
        here.done("log", "level", "twitchactors.made.up", "DEBUG")
        assertTrue(here.rows("loggers", "log", "level").any { it.text("logger") == "twitchactors.made.up" && it.text("level") == "DEBUG" })
        here.start("log", "tail", "-l", "INFO", "-f", "partition").use { tail ->
            // Each command opens a connection, so the tail is there soon; partitions move when one of them restarts elsewhere.
            pbm.start("cluster", "tail", "--json").use { changes ->
                assertTrue(changes.reaches("the first changes") { "\"up\"" in changes.printed })
                val shutOut = address(third)
                pbm.done("cluster", "down", "-a", shutOut, "--yes")
                assertFalse(shutOut in pbm.members())
                assertTrue(third.reaches("its return") { "was shut out" in third.news && address(third) != shutOut })
                cluster.until("three nodes again") { pbm.members().let { it.size == 3 && it.values.all { status -> status == "up" } } }
                assertTrue(
                    changes.reaches("what has changed") {
                        Regex("$shutOut\",\"event\":\"(down|removed)\"").containsMatchIn(changes.printed)
                    },
                )
            }
            assertTrue(tail.alive, tail.news)
        }
        assertEquals(2, pbm.ended("cluster", "join", address(third)).exit)
        assertEquals("all nodes answer; none was shut out\n", pbm.done("cluster", "down-unreachable", "--yes"))
    }

    @Test
    @Order(12)
    fun `a node that is killed is unreachable, then gone, and its partitions live elsewhere`() {
        val (killed, owned) = address(second) to cluster.ownedBy(second)
        assertTrue(ProcessHandle.of(Pbm(cluster.folderOf(2)).json("uptime").text("pid").toLong()).get().isAlive)
        assertTrue(owned.isNotEmpty())
        second.kill()
        cluster.until("that it is missed") { pbm.members()[killed] != "up" }
        cluster.until("that it is gone") { killed !in pbm.members() }
        cluster.until("others that own $owned") { cluster.fences().let { now -> owned.all { (p, fence) -> now.getValue(p) > fence } } }
        cluster.until("all partitions on the first node") {
            pbm.shards().let {
                it.size == Cluster.PARTITIONS &&
                    it.values.toSet() == setOf(data.address("node"))
            }
        }
        assertEquals(3, Pbm(cluster.folderOf(2)).ended("uptime").exit)
    }

    @Test
    @Order(13)
    fun `a node that is asked to leave ends by itself`() {
        val left = address(third)
        for (asked in listOf(Pbm(cluster.folderOf(3)).ended("cluster", "leave"), pbm.ended("cluster", "leave", "-a", left))) {
            assertEquals(2, asked.exit, "$asked")
            assertTrue("$left hands over what it has" in asked.err, asked.err)
        }
        assertTrue("has left the cluster" in Pbm(cluster.folderOf(3)).done("cluster", "leave", "--yes"))
        assertEquals(0, third.end().exit, third.news.takeLast(2000))
        cluster.until("one node") { pbm.members().keys == setOf(data.address("node")) }
        assertFalse(left in pbm.members())
        assertEquals("Count: 1 node", pbm.done("cluster", "show").trim().lines().last())
        assertTrue("alone in its cluster" in pbm.done("cluster", "status"))
    }

    /** As the node has said itself, the last time. */
    private fun address(node: Program): String = ADDRESS.findAll(node.news).last().groupValues[1]

    private fun query(sql: String): List<String> = data.connect().use { connection ->
        connection.createStatement().use { statement ->
            statement.executeQuery(sql).use { rows -> buildList { while (rows.next()) add(rows.getString(1)) } }
        }
    }

    /** How many records each streamer has in `samples` since the last [forget]. */
    private class Samples(kafka: String) : AutoCloseable {
        private val counts = HashMap<String, Int>()
        private val consumer =
            KafkaConsumer(mapOf<String, Any>("bootstrap.servers" to kafka), StringDeserializer(), ByteArrayDeserializer()).apply {
                val partitions = List(4) { TopicPartition("samples", it) }
                assign(partitions)
                seekToBeginning(partitions)
            }

        fun look(): Map<String, Int> {
            consumer.poll(Duration.ofMillis(200)).forEach { record -> record.key()?.let { counts.merge(it, 1, Int::plus) } }
            return counts
        }

        fun forget() = counts.clear()

        override fun close() = consumer.close()
    }

    private companion object {
        const val FROM = "2022-08-01"
        const val REPLAYED = "2022-09-01"

        /** A slot in 2.5 s. */
        const val SPEED = 120
        const val SLOTS = 4
        const val NOBODY = "nobody_is_called_so"

        /** A port of its own for each node. */
        val OPERATED = mapOf("TWITCHACTORS_OPS_PORT" to "0")
        val METRIC = Regex("(twitchactors|jvm|process)_[a-z_]+[a-z]")
        val PALETTE = Regex("[a-z-]+: .+")
        val ADDRESS = Regex("^node (pekko://\\S+)", RegexOption.MULTILINE)
    }
}
