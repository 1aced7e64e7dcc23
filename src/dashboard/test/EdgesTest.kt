package twitchactors.dashboard

import gg.jte.html.OwaspHtmlTemplateOutput
import gg.jte.output.StringOutput
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.dashboard.MadeUpTracked.Companion.sample
import twitchactors.store.SweptFigures.LiveStream
import twitchactors.store.TrackedFigures.SampleSeen
import java.time.Instant

/** Every page at the edges of what there can be: nothing, one slot, names that would do harm, a chat without anybody, the future. */
class EdgesTest {
    private val noon = Instant.parse("2022-08-01T12:00:00Z")
    private val now = Instant.parse("2022-08-01T12:20:00Z")

    /** Read from a database itself, which is not here; their empty forms are those of a period without a sealed day. */
    private val elsewhere = setOf(DATABASE_STATE, VIEWERS_BY_DAY, SANITY_CALENDAR)

    /** What pages of one of many are about, of each kind. */
    private fun subject(board: Board, category: String): String? = when (board) {
        Boards.CATEGORY -> category
        Boards.STREAMER -> "anna"
        Boards.STREAM -> "anna/2022-08-01/144"
        Boards.VIEWER -> "0".repeat(32)
        else -> null
    }

    private class Shown(val board: Board, val answered: Answered) {
        val html = BoardPages.panel(PanelView(answered))
        val all = listOf(html, "${PanelJson.of(answered)}", PanelCsv.of(answered.table))
        val isEmpty get() = answered.table.rows.isEmpty()
        val why get() = answered.table.why.orEmpty()

        override fun toString() = "${answered.panel.id} of ${board.path}: ${answered.table.why ?: answered.table.rows.map { it.values }}"
    }

    /** All panels of all pages for an admin, who sees the most. */
    private fun shown(
        streams: List<LiveStream>,
        samples: List<SampleSeen>,
        fields: Map<String, String> = mapOf("period" to "today"),
        category: String = "Chess",
        choices: Map<String, String> = emptyMap(),
    ): List<Shown> {
        val swept = MadeUpSwept(if (streams.isEmpty()) emptyMap() else mapOf(noon to streams))
        val reads = Questions.reads(swept, swept.days, MadeUpTracked(samples), MadeUpAudience(), now)
        return Boards.ALL.flatMap { board ->
            val question = Question(reads, Period.of(fields, now), choices, subject(board, category), isAdmin = true)
            board.panels.filter { it !in elsewhere }.map { Shown(board, Answered(it, question, it.query(question))) }
        }
    }

    private fun stream(category: String, viewers: Int = 70, title: String = "hello", tags: String = "Chill") =
        LiveStream("anna", category, title, viewers, tags)

    @Test
    fun `with nothing at all every panel says what it would have and why it has not`() {
        for (fields in listOf(mapOf("period" to "today"), mapOf("period" to "30d"), mapOf("from" to "2031-01-01"))) {
            val all = shown(emptyList(), emptyList(), fields)
            assertTrue(all.size > 50)
            // Others have published it.
            val filled = all.filter { !it.isEmpty }.mapTo(HashSet()) { it.answered.panel }
            assertEquals(setOf(REFERENCE_MAP), filled)
            for (panel in all.filter { it.isEmpty }) assertTrue(panel.why.length >= 20 && "class=\"empty\"" in panel.html, "$panel")
        }
    }

    @Test
    fun `of the future, and of a time before all, panels say where there is something`() {
        for ((from, word) in listOf("2031-01-01" to "in the future", "2001-01-01" to "in this period")) {
            val all = shown(listOf(stream("Chess")), listOf(sample("anna", 144)), mapOf("from" to from, "to" to from))
            val period = all.filter {
                it.board in setOf(Boards.CATEGORIES, Boards.STREAMERS, Boards.TEMPORAL) && it.answered.panel.compares
            }
            assertTrue(period.size >= 8)
            for (panel in period) assertTrue(panel.isEmpty && word in panel.why && "2022-08-01" in panel.html, "$panel")
            for (panel in all.filter { it.isEmpty }) assertTrue(panel.why.length >= 20, "$panel")
        }
    }

    @Test
    fun `one slot of data, and a chat with nobody in it, are shown as what they are`() {
        val one = listOf(sample("anna", 144, viewers = 70, chatters = 0))
        val silent = listOf(sample("anna", 144, viewers = 70, chatters = null))
        val offline = listOf(sample("anna", 144, viewers = 0, chatters = 0))
        for (samples in listOf(one, silent, offline)) {
            val all = shown(listOf(stream("Chess", viewers = samples.single().viewers!!)), samples)
            for (panel in all) {
                for (text in panel.all) assertFalse("NaN" in text || "Infinity" in text, "$panel: $text")
                assertTrue(!panel.isEmpty || panel.why.length >= 20, "$panel")
            }
        }
        val numbers = shown(listOf(stream("Chess")), one).first { it.answered.panel == STREAMER_NUMBERS }.answered.table
        fun of(column: String) = numbers.rows.single().values[numbers.index(column)]
        assertEquals(
            listOf(70.0, 0.0, 70.0, 5 / 60.0),
            listOf("average_viewers", "average_chatters", "average_anonymous", "airtime").map(::of),
        )
        val mute = shown(listOf(stream("Chess")), silent).first { it.answered.panel == STREAMER_NUMBERS }.answered.table
        assertEquals(listOf(null, null), listOf("average_chatters", "average_anonymous").map { mute.rows.single().values[mute.index(it)] })
    }

    @Test
    fun `a gap is a gap in lines, and is not zero`() {
        val samples = listOf(sample("anna", 140), sample("anna", 141, chatters = null), sample("anna", 144))
        val line = shown(listOf(stream("Chess")), samples).first { it.answered.panel == STREAMER_OVER_TIME }.answered.table
        fun of(slot: Int) = listOf("viewers", "chatters").map { line.rows[slot].values[line.index(it)] }
        assertEquals(listOf(listOf(100, 60), listOf(100, null), listOf(null, null), listOf(100, 60)), listOf(140, 141, 142, 144).map(::of))
    }

    @Test
    fun `names that would do harm, and those beyond the alphabet, are shown as they are wherever they come`() {
        for ((name, written) in listOf(SCRIPT to "&lt;script&gt;alert(1)&lt;/script&gt;", EMOJI to EMOJI)) {
            val streams = listOf(stream(name, title = name, tags = name), stream("Chess").copy(channel = "bob"))
            val samples = listOf(sample("anna", 144, category = name, title = name))
            val all = shown(streams, samples, category = name)
            for (panel in all) for (text in panel.all.take(1)) assertFalse("<script" in text || "alert(1)</" in text, "$panel: $text")
            val named = all.filter { written in it.html }.mapTo(HashSet()) { it.answered.panel.id }
            val wanted =
                setOf("top-categories", "category-cards", "live-now", "top-tags", "streamer-over-time", "streamer-games", "streamers-live")
            assertEquals(emptySet<String>(), wanted - named)
            for (panel in all.filter { it.answered.panel.id in wanted }) {
                assertTrue(name in PanelCsv.of(panel.answered.table).replace("\"\"", "\""))
            }
            val board = Boards.CATEGORY
            val question = all.first { it.board == board }.answered.question
            val page = BoardView(board, question, all.filter { it.board == board }.map { it.answered }, "/categories/x", null)
            val html = StringOutput().also { BoardPages.board(page).writeTo(OwaspHtmlTemplateOutput(it)) }.toString()
            assertTrue("<h1>$written</h1>" in html && "<script" !in html, html.take(2000))
        }
    }

    private companion object {
        const val SCRIPT = "<script>alert(1)</script>"
        const val EMOJI = "Rätsel 🎲 ワ"
    }
}
