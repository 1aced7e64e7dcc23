package twitchactors.topics

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import twitchactors.archive.SampleFile
import twitchactors.archive.SampleFileName
import twitchactors.domain.Day
import twitchactors.topics.wire.Sample
import java.nio.file.Files
import java.nio.file.Path

class RecordedSamplesTest {
    @TempDir
    private lateinit var folder: Path

    @Test
    fun `what a recording says of a stream is carried, as far as it is of its kind`() {
        val said = read(
            """{"A":{"polled_at":"2022-08-01T00:00:07Z","viewer_count":123,"title":"T \ud83d\ude00 \ud800","game":"G","language":"fr",
                "tags":["x","y",{"z":["no"]},"é"],"stream_id":"9","started_at":"2022-07-31T20:00:00Z","complete":false,"chatters":["B","c","c","no login"]},
                "b":{"viewers_api":"many","title":7,"tags":"t","started_at":"yesterday","chatters":{"vips":["v"],"viewers":["w","V"]}},
                "c":["d"],"d":[],"e":null,"f":{"chatters":17}}""",
        )
        val a = said[0]
        val b = said[1]
        assertEquals(listOf("a", "b", "c", "d", "e", "f"), said.map { it.streamer })
        assertTrue(said.all { it.day == 19_205 && it.slot == 0 && it.source == "recorded" && it.chunks == 1 && it.chunk == 0 })
        assertEquals(1_659_312_007, a.polledAt)
        assertEquals(123, a.liveViewers)
        assertEquals("T 😀 \uFFFD", a.title)
        assertEquals(listOf("G", "fr", "9"), listOf(a.category, a.language, a.streamId))
        assertEquals(listOf("x", "y", "é"), a.tagsList)
        assertEquals(1_659_297_600, a.startedAt)
        assertFalse(a.complete)
        assertEquals("b\nc\nc", a.logins.toStringUtf8())
        assertEquals(1, a.namesDropped)
        assertFalse(b.hasLiveViewers())
        assertEquals(listOf("", ""), listOf(b.title, b.category))
        assertEquals(0, b.tagsCount)
        assertEquals(0, b.startedAt)
        assertEquals(1_659_312_000, b.polledAt)
        assertTrue(b.complete)
        assertEquals("v\nw\nv", b.logins.toStringUtf8())
        assertEquals("d", said[2].logins.toStringUtf8())
        assertEquals("", said[3].gap + said[3].logins.toStringUtf8())
        assertEquals("the recording says null", said[4].gap)
        assertEquals("'chatters' is neither a list nor null", said[5].gap)
        assertEquals(6, said.map { it.poll }.toSet().size)
    }

    @Test
    fun `more names than a record holds are sent in chunks of one poll`() {
        val names = List(100_000) { "viewer_with_a_long_name_${it % 10}" + "x".repeat(it % 2) }.map { it.take(25) } + "last"
        val chunks = read("""{"z":["${names.joinToString("\",\"")}"],"y":["a"]}""")
        assertEquals(listOf(0 to 3, 1 to 3, 2 to 3, 0 to 1), chunks.map { it.chunk to it.chunks })
        assertEquals(names, chunks.take(3).flatMap { it.logins.toStringUtf8().split("\n") })
        assertEquals(1, chunks.take(3).map { it.poll }.toSet().size)
        chunks.forEach { SampleCodec.decode(Samples.headers(), SampleCodec.encode(it)) }
    }

    @Test
    fun `texts without end are cut`() {
        val long = "é\\ud83d\\ude00".repeat(100_000)
        val texts = """"title":"$long","game":"$long","language":"$long","stream_id":"$long","tags":["$long"]"""
        val sample = read("""{"z":{$texts,"chatters":[]}}""").single()
        assertEquals(SampleCodec.MAX_TITLE, sample.title.length)
        SampleCodec.decode(Samples.headers(), SampleCodec.encode(sample))
    }

    @Test
    fun `what is restored keeps its sources, the reasons of its gaps, and what is unknown`() {
        val content = """{"a":{"polled_at":null,"source":"membership","chatters":["b"]},
            "c":{"source":"collect","chatters":null,"gap":"timeout"},"d":["e"]}"""
        val restored = read(content, restores = true)
        assertEquals(listOf("membership", "collect", "recorded"), restored.map { it.source })
        assertEquals(listOf("", "timeout", ""), restored.map { it.gap })
        assertEquals(0, restored[0].polledAt)
        val replayed = read(content)
        assertEquals(setOf("recorded"), replayed.map { it.source }.toSet())
        assertEquals("the recording says null", replayed[1].gap)
    }

    private fun read(content: String, restores: Boolean = false): List<Sample> {
        val path = folder.resolve("1659312000.json")
        Files.writeString(path, content)
        val samples = ArrayList<Sample>()
        val file = SampleFile(path, checkNotNull(SampleFileName.parse("1659312000.json")))
        // The logins are overwritten by the next sample's, so each is kept as a copy.
        RecordedSamples(Day(19_205), "f", restores).read(file) { _, sample ->
            samples += SampleCodec.decode(Samples.headers(), SampleCodec.encode(sample)).sample
        }
        return samples
    }
}
