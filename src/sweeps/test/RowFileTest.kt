package twitchactors.sweeps

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import twitchactors.domain.BadInput
import twitchactors.domain.Login
import twitchactors.domain.StreamRow
import java.io.IOException
import java.nio.file.Path
import java.time.Duration
import java.time.Instant
import kotlin.io.path.appendText
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.readBytes
import kotlin.io.path.readText
import kotlin.io.path.writeBytes
import kotlin.io.path.writeText

class RowFileTest {
    @TempDir
    private lateinit var folder: Path
    private val path by lazy { folder.resolve("csv/twitch_streams.csv") }
    private val at = Instant.parse("2025-02-23T23:58:00Z")

    private fun rows(time: Instant, titles: List<String> = Streams.titles) =
        titles.mapIndexed { index, title -> StreamRow(time, "Chess, \"go\"", title, Login.require("c$index"), index, "a, b") }

    private fun append(file: RowFile, rows: List<StreamRow>) = file.append(rows.first().timestamp, rows.map { RowLines.fields(it) })

    private fun file() = RowFile(path, RowNames.ofStreams)

    private fun read(path: Path): List<RowFileReader.Line> = buildList { RowFileReader.open(path).read(::add) }

    private fun readRows(path: Path) = read(path).map { (it as RowFileReader.Line.OfStream).row }

    @Test
    fun `what is appended is read back, whatever titles hold`() {
        file().use { append(it, rows(at)) }
        file().use { append(it, rows(at.plusSeconds(60))) }
        assertEquals(rows(at) + rows(at.plusSeconds(60)), readRows(path))
        val text = path.readText()
        assertTrue(text.startsWith("Timestamp,Category,Stream Title,Channel,Viewers,Tags\r\n2025-02-23 23:58:00,\"Chess, \"\"go\"\"\","))
        assertTrue(text.endsWith("\r\n"))
    }

    @Test
    fun `each day has a file of its own, also over a restart, and a day that comes twice costs nothing`() {
        file().use { file -> repeat(4) { append(file, rows(at + Duration.ofMinutes(it * 1L))) } }
        file().use { append(it, rows(at + Duration.ofDays(1))) }
        file().use { append(it, rows(at + Duration.ofDays(2))) }
        file().use { append(it, rows(at)) }
        file().use { append(it, rows(at + Duration.ofDays(2))) }
        val names = listOf("twitch_streams.2025-02-23.2.csv", "twitch_streams.2025-02-23.csv", "twitch_streams.2025-02-24.csv")
        val there = path.parent.listDirectoryEntries().map { it.name }.sorted()
        assertEquals(names + "twitch_streams.2025-02-25.csv" + "twitch_streams.csv", there)
        val sizes = path.parent.listDirectoryEntries().sorted().map { readRows(it).size / Streams.titles.size }
        assertEquals(listOf(1, 2, 3, 1, 1), sizes)
    }

    @Test
    fun `cut at any byte, as by a kill, it goes on with whole lines only`() {
        file().use { append(it, rows(at)) }
        val whole = path.readBytes()
        for (length in whole.indices) {
            path.writeBytes(whole.copyOf(length))
            val next = rows(at.plusSeconds(60), listOf("next"))
            file().use { append(it, next) }
            val read = readRows(path)
            assertEquals(next, read.takeLast(1))
            assertEquals(rows(at).take(read.size - 1), read.dropLast(1))
        }
    }

    @Test
    fun `a file of something else is left alone`() {
        path.parent.toFile().mkdirs()
        for (other in listOf("a,b\n1,2\n", "Timestamp,Category,Stream Title,Channel,Viewers,Tags\nyesterday,a,b,c,1,d\n")) {
            path.writeText(other)
            assertTrue("move it away" in assertThrows(IOException::class.java) { append(file(), rows(at)) }.message!!)
            assertEquals(other, path.readText())
        }
    }

    @Test
    fun `old files are read in any order of columns, and bad lines are named by their numbers`() {
        val old = folder.resolve("old.csv")
        old.writeText(
            "\uFEFFTags,Viewers,index,Channel,Stream Title,Category,Timestamp\n" +
                "English,74800.0,0,KaiCenat,\"two\nlines\",Just Chatting,2025-02-23 17:19:49\n" +
                "English,3500,1, + 2 ,x,Just Chatting,2025-02-23 17:19:49\n" +
                "\n" +
                "English,33200,2,叶ちゃんねる (kanae_2434),なしまくん,Just Chatting,2025-02-23 17:19:49\n" +
                "English,,3,a,x,Just Chatting,2025-02-23 17:19:49\n",
        )
        old.appendBytes("x,1,4,b,".toByteArray() + byteArrayOf(-1) + ",Chess,2025-02-23 17:19:49\n".toByteArray())
        old.appendText("x,1,5,d\nx,1,6,e,ok,Chess,2025-02-23 17:19:49\nx,1,7,f,\"open")
        assertEquals(
            listOf(
                "2 kaicenat two\nlines",
                "4 has the Channel ' + 2 ', which is no login",
                "6 kanae_2434 なしまくん",
                "7 has the Viewers '', which is no whole number",
                "8 has a Stream Title that is no UTF-8",
                "9 has 4 columns instead of 7",
                "10 e ok",
                "11 has quotes that are no CSV; it and all lines after it are left out",
            ),
            read(old).map { line ->
                when (line) {
                    is RowFileReader.Line.OfStream -> "${line.number} ${line.row.channel} ${line.row.title}"
                    is RowFileReader.Line.Rejected -> "${line.number} ${line.reason}"
                    is RowFileReader.Line.OfCategory -> error("is a stream")
                }
            },
        )
    }

    @Test
    fun `what is no such file is refused by its name`() {
        val other = folder.resolve("other.csv")
        other.writeText("")
        assertTrue("other.csv is empty" in refused(other))
        other.writeText("Timestamp,Category,Viewers\n")
        assertTrue("other.csv has the columns Timestamp,Category,Viewers" in refused(other))
        other.writeText("Timestamp,Category,Viewers,Tags,Image_URL,Tags\n")
        assertTrue("twice" in refused(other))
        other.writeText("\"x")
        assertTrue("other.csv" in refused(other))
        assertTrue("no such file" in refused(folder.resolve("none.csv")))
        assertTrue("folder" in refused(folder))
    }

    private fun refused(path: Path) = assertThrows(BadInput::class.java) { RowFileReader.open(path) }.message!!

    private fun Path.appendBytes(bytes: ByteArray) = writeBytes(readBytes() + bytes)
}
