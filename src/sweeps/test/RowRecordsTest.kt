package twitchactors.sweeps

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.domain.CategoryRow
import twitchactors.domain.Login
import twitchactors.domain.StreamRow
import twitchactors.topics.Unreadable
import java.time.Instant

class RowRecordsTest {
    private val at = Instant.parse("2025-02-23T16:58:44Z")

    @Test
    fun `records are the JSON that the contract shows`() {
        val category = RowRecords.of(CategoryRow(at, "Just Chatting", 564_000, "IRL, English", "https://x/1-285x380.jpg"))
        assertEquals("twitch-categories" to "Just Chatting", category.topic() to category.key().decodeToString())
        assertEquals(
            """{"Timestamp":"2025-02-23 16:58:44","Category":"Just Chatting","Viewers":564000,""" +
                """"Tags":"IRL, English","Image_URL":"https://x/1-285x380.jpg"}""",
            category.value().decodeToString(),
        )
        val stream = RowRecords.of(StreamRow(at, "Chess", "a \"b\" 🦇", Login.require("KaiCenat"), 7, "ADHD"))
        assertEquals("streams" to "kaicenat", stream.topic() to stream.key().decodeToString())
        assertEquals(
            """{"Timestamp":"2025-02-23 16:58:44","Category":"Chess","Stream Title":"a \"b\" 🦇",""" +
                """"Channel":"kaicenat","Viewers":7,"Tags":"ADHD"}""",
            stream.value().decodeToString(),
        )
    }

    @Test
    fun `rows come back as they were`() {
        for (title in Streams.titles) {
            val row = StreamRow(at, "雀魂", title, Login.require("a"), Int.MAX_VALUE, title)
            assertEquals(row, RowRecords.stream(RowRecords.of(row).value()))
            val category = CategoryRow(at, "x$title", 0, title, title)
            assertEquals(category, RowRecords.category(RowRecords.of(category).value()))
        }
    }

    @Test
    fun `what scrapers wrote for a channel is its login`() {
        val shown = listOf("KaiCenat" to "kaicenat", "なつめ先生 (natsume_sennsei)" to "natsume_sennsei", "a (b) (C_1)" to "c_1")
        for ((written, login) in shown) {
            assertEquals(login, RowRecords.stream(stream(channel = "\"$written\"")).channel.name)
        }
        for (written in listOf(" + 2 ", " with Move_Mind ", "", "名前", "a".repeat(26), "()", "x (a b)")) {
            assertTrue("Channel" in reason(stream(channel = "\"$written\"")))
        }
    }

    @Test
    fun `what is no row is refused with a reason that names the field`() {
        for ((value, named) in listOf(
            null to "no value", byteArrayOf(-1, 0) to "UTF-8", "{".toByteArray() to "no JSON", "[]".toByteArray() to "object",
            "".toByteArray() to "no JSON", "{}".toByteArray() to "Timestamp", "{\"a\":".repeat(5000).toByteArray() to "no JSON",
            stream(timestamp = "\"2025-02-30 00:00:00\"") to "Timestamp", stream(timestamp = "\"2025-02-23T00:00:00Z\"") to "Timestamp",
            stream(timestamp = "1740330000") to "Timestamp", stream(timestamp = "\"2025-02-23 24:00:00\"") to "Timestamp",
            stream(timestamp = "\"1969-12-31 23:59:59\"") to "Timestamp",
            stream(viewers = "-1") to "-1 Viewers", stream(viewers = "2147483648") to "2147483648", stream(viewers = "\"7\"") to "Viewers",
            stream(viewers = "7.5") to "Viewers", stream(viewers = "null") to "Viewers", stream(viewers = "{}") to "Viewers",
            stream(viewers = "99999999999999999999") to "Viewers",
            stream(category = "\"\"") to "Category", stream(category = "\" \"") to "Category", stream(category = "null") to "Category",
            stream(category = "\"${"x".repeat(256)}\"") to "256", stream(title = "7") to "Stream Title",
            stream(title = "\"${"é".repeat(32_768)}\"") to "65536 bytes", stream(title = "\"\\ud83e\"") to "half a character",
            stream(tags = "[\"a\"]") to "Tags",
        )) {
            val reason = reason(value)
            assertTrue(named in reason) { "$reason for ${value?.decodeToString()?.take(200)}" }
        }
        val longest = RowRecords.stream(stream(category = "\"${"🎲".repeat(255)}\"", title = "\"${"x".repeat(65_535)}\""))
        assertEquals(510, longest.category.length)
    }

    private fun reason(value: ByteArray?) = assertThrows(Unreadable::class.java) { RowRecords.stream(value) }.reason

    private fun stream(
        timestamp: String = "\"2025-02-23 16:58:44\"",
        category: String = "\"Chess\"",
        title: String = "\"hi\"",
        channel: String = "\"a\"",
        viewers: String = "7",
        tags: String = "\"\"",
    ): ByteArray {
        val first = """"Timestamp":$timestamp,"Category":$category,"Stream Title":$title"""
        return """{$first,"Channel":$channel,"Viewers":$viewers,"Tags":$tags,"More":[1]}""".toByteArray()
    }
}
