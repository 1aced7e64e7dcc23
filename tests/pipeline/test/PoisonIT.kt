package twitchactors.pipeline

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.apache.kafka.clients.producer.KafkaProducer
import org.apache.kafka.clients.producer.ProducerRecord
import org.apache.kafka.common.serialization.ByteArraySerializer
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import java.time.LocalDate
import java.util.Base64
import kotlin.io.path.readLines

/** Records that others write into our topics by a plain client, while a day is on its way. */
class PoisonIT {
    private class Poison(val name: String, val topic: String, val value: ByteArray?, val version: String? = "1")

    private fun sample(
        streamer: String = "poison",
        day: Long = DAY,
        slot: Long = 5,
        logins: ByteArray = "mallory".toByteArray(),
        chunk: Long = 0,
        chunks: Long = 1,
        gap: String = "",
    ): ByteArray = Proto().bytes(
        1,
        Proto().text(1, streamer).number(2, day).number(3, slot).number(4, 1).text(5, "recorded").text(14, gap).text(15, "p")
            .number(16, chunk).number(17, chunks).bytes(20, logins).toByteArray(),
    ).toByteArray()

    private fun closed(source: Long, of: Long, day: Long = DAY, feed: String = "poison"): ByteArray =
        Proto().bytes(2, Proto().number(1, day).text(2, "replay").number(3, source).number(4, of).text(5, feed).toByteArray()).toByteArray()

    private fun sightings(logins: String, slot: Long = 5, streamer: String = "poison"): ByteArray =
        Proto().bytes(1, Proto().text(1, streamer).number(2, DAY).number(3, slot).text(4, logins).toByteArray()).toByteArray()

    private val poison = listOf(
        Poison("another version", "samples", sample(), version = "2"),
        Poison("no version", "samples", sample(), version = null),
        Poison("garbage", "samples", ByteArray(300) { (it * 37 + 11).toByte() }),
        Poison("an empty value", "samples", ByteArray(0)),
        Poison("no value", "samples", null),
        Poison("a sample that is cut off", "samples", sample().let { it.copyOf(it.size - 3) }),
        Poison("slot 999", "samples", sample(slot = 999)),
        Poison("a day out of range", "samples", sample(day = 5_000_000)),
        Poison("a day below zero", "samples", sample(day = -1)),
        Poison("a streamer who is no login", "samples", sample(streamer = "no login!")),
        Poison("a streamer in capitals", "samples", sample(streamer = "Poison")),
        Poison("logins with bad bytes", "samples", sample(logins = byteArrayOf(0x61, -1, 0x0a, 0x20))),
        Poison("an empty login", "samples", sample(logins = "a\n\nb".toByteArray())),
        Poison("chunk 3 of 2", "samples", sample(chunk = 3, chunks = 2)),
        Poison("no chunks", "samples", sample(chunks = 0)),
        Poison("a gap with logins", "samples", sample(gap = "why")),
        Poison("the close of partition 9 of 4", "samples", closed(9, 4)),
        Poison("the close of a partition of none", "samples", closed(0, 0)),
        Poison("sightings of another version", "sightings", sightings("mallory"), version = "x"),
        Poison("garbage for sightings", "sightings", "{}".toByteArray()),
        Poison("no sightings", "sightings", null),
        Poison("sightings in slot 999", "sightings", sightings("mallory", slot = 999)),
        Poison("sightings of a login that is none", "sightings", sightings("Mallory Capitals")),
        Poison("sightings of viewers of all partitions", "sightings", sightings((1..200).joinToString("\n") { "viewer_$it" })),
        Poison("a close of sightings out of range", "sightings", closed(2000, 1)),
    )

    /** Not poison, but of no use either; harms nobody, and is no dead letter. */
    private val strange = listOf(
        Poison("a poll that is never whole", "samples", sample(streamer = "halfpoll", chunks = 2)),
        Poison("a day that nobody else knows", "samples", closed(0, 1, day = 9999, feed = "\uD83C\uDF89".repeat(50))),
        Poison("one partition of an endless feed", "samples", closed(1, 900, feed = "endless")),
    )

    /** Writes [records] and returns where they stand. */
    private fun write(servers: String, records: List<Poison>): Map<String, Poison> {
        val settings = mapOf<String, Any>("bootstrap.servers" to servers, "acks" to "all")
        return KafkaProducer(settings, ByteArraySerializer(), ByteArraySerializer()).use { producer ->
            records.withIndex().associate { (i, poison) ->
                val record = ProducerRecord<ByteArray, ByteArray>(
                    poison.topic,
                    i % if (poison.topic ==
                        "samples"
                    ) {
                        4
                    } else {
                        16
                    },
                    null,
                    poison.value,
                )
                poison.version?.let { record.headers().add("v", it.toByteArray()) }
                val at = producer.send(record).get()
                "${at.topic()}/${at.partition()}/${at.offset()}" to poison
            }
        }
    }

    @Test
    fun `poison goes to the dead letters with its reason, and the day is the same as without it`(@TempDir folder: Path) {
        val day = RecordedDay(folder, "2022-08-01", seed = 11)
        val data = Data(folder.resolve("data"))
        try {
            val written = mutableMapOf<String, Poison>()
            for (part in day.parts(2)) {
                data.startReplay(part, "--day", day.date).use { replay ->
                    assertTrue(replay.reaches("the pipeline") { data.isReady(replay) })
                    written += write(data.address("kafka"), poison)
                    write(data.address("kafka"), strange)
                    data.replayed(replay.end())
                }
            }
            assertEquals(day.digest, data.replay(day.source, day.date).digest)
            data.assertHolds(day)
            val letters = Program.run("topic", "cat", "dead-letters", "--data", data.path).out.lines().filter { it.isNotBlank() }
                .map { Json.parseToJsonElement(it).jsonObject }
            val found = letters.associateBy(::origin)
            for ((at, poison) in written) assertTrue(at in found, "${poison.name}, written to $at, is in ${found.keys}")
            assertEquals(written.keys, found.keys, "dead letters that were no poison")
            lookedAtAndSentAgain(data, written)
            assertEquals(day.digest, data.replay(day.source, day.date).digest, "poison that was sent again is poison")
            mended(data, day)
        } finally {
            data.clear()
        }
    }

    /** What the commands say of dead letters is what was written, byte by byte; sent again, all of them come back. */
    private fun lookedAtAndSentAgain(data: Data, written: Map<String, Poison>) {
        val listed = listed(data)
        assertEquals(written.keys, listed.map { "${it.text("topic")}/${it.text("partition")}/${it.text("offset")}" }.toSet())
        val garbage = written.entries.first { it.value.name == "garbage" }.let { (at, poison) ->
            listed.first { "${it.text("topic")}/${it.text("partition")}/${it.text("offset")}" == at } to poison
        }
        val shown = Json.parseToJsonElement(
            Program.run("dead-letters", "show", garbage.first.text("number"), "--data", data.path).out,
        ).jsonObject
        val record = shown.getValue("record").jsonObject
        assertEquals(Base64.getEncoder().encodeToString(garbage.second.value), record.text("base64"))
        assertEquals("1", record.getValue("headers").jsonObject.text("v"))
        val numbers = listed.map { it.text("number") }
        Program.run("dead-letters", "replay", numbers.first(), numbers.last(), "--data", data.path)
        assertTrue("dead-letters replay" in Program.run("audit", "--data", data.path).out)
        assertEquals(2, Program.start(listOf("dead-letters", "show", "999999", "--data", data.path)).use { it.end().exit })
    }

    private fun listed(data: Data) = Json.parseToJsonElement(Program.run("dead-letters", "list", "--json", "--data", data.path).out)
        .jsonObject.getValue("dead_letters").jsonArray.map { it.jsonObject }

    private fun JsonObject.text(name: String) = getValue(name).jsonPrimitive.content

    /** A record that was no poison after all, as after a mend of the program: sent again, it counts. */
    private fun mended(data: Data, day: RecordedDay) {
        Program.start(listOf("node", "--data", data.path, "--roles", "profile")).use { node ->
            assertTrue(node.reaches("the services") { data.isReady(node) }, node.news)
            KafkaProducer(
                mapOf<String, Any>("bootstrap.servers" to data.address("kafka")),
                ByteArraySerializer(),
                ByteArraySerializer(),
            ).use { producer ->
                val letter = ProducerRecord<ByteArray, ByteArray>("dead-letters", "poison".toByteArray(), sample())
                for ((name, value) in listOf(
                    "v" to "1",
                    "topic" to "samples",
                    "partition" to "0",
                    "offset" to "0",
                    "reason" to "was not known yet",
                )) {
                    letter.headers().add(name, value.toByteArray())
                }
                producer.send(letter).get()
            }
            Program.run(
                "dead-letters",
                "replay",
                listed(data).single {
                    it.text("reason") == "was not known yet"
                }.text("number"),
                "--data",
                data.path,
            )
            data.replay(day.source, day.date)
            val file = data.path.resolveSibling("mended.csv")
            Program.run("export", day.date, "--data", data.path, "--out", file)
            assertEquals(
                day.expected().readLines() + MENDED,
                file.readLines().let { all ->
                    all.filter { it != MENDED } +
                        all.filter { it == MENDED }
                },
            )
            node.signal("TERM")
            node.end()
        }
    }

    /** topic/partition/offset of where a dead letter stood; it must have a reason. */
    private fun origin(letter: JsonObject): String {
        val headers = letter.getValue("headers").jsonObject
        fun text(name: String) = headers.getValue(name).jsonPrimitive.content
        assertTrue(text("reason").isNotBlank(), "$letter")
        return "${text("topic")}/${text("partition")}/${text("offset")}"
    }

    private companion object {
        const val MENDED = "mallory,poison,1,5,5"
        val DAY: Long = LocalDate.of(2022, 8, 1).toEpochDay()
    }
}
