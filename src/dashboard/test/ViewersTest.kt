package twitchactors.dashboard

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.analyser.SeenDay
import twitchactors.analyser.ViewerFigures
import twitchactors.analyser.ViewerHistory
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.store.Presence
import twitchactors.store.Pseudonyms
import twitchactors.store.ViewerDay
import twitchactors.store.ViewerDayId
import twitchactors.web.Access
import twitchactors.web.DayRow
import twitchactors.web.LiveView
import java.net.URLEncoder
import java.security.MessageDigest
import java.time.Instant
import java.util.Base64
import java.util.zip.CRC32

class ViewersTest {
    private val now = Instant.parse("2022-08-03T12:00:00Z")
    private val days = listOf("2022-08-01", "2022-08-02").map { Day.parse(it)!! }
    private val viewer = Login.require("quiet_somebody_77")
    private val pseudonyms = Pseudonyms.under(ByteArray(32) { 7 })
    private val name = pseudonyms.of(viewer)

    private fun seen(day: Day, streamers: Map<String, Int>) = SeenDay(
        day,
        2,
        2,
        List(24) { if (it == 20) 10 else 0 },
        streamers.mapKeys { Login.require(it.key) },
        mapOf("Chess" to 4),
    )

    private fun figures(of: Login, streamers: Map<String, Int> = mapOf("anna" to 8, "bert" to 4)) =
        ViewerFigures.of(ViewerHistory(days.map { seen(it, streamers) }), days, isListed = false)!!

    private fun reads(who: Login = viewer, figures: ViewerFigures = figures(who)) = Questions.reads(
        now = now,
        about = Questions.About(
            viewers = ViewerReads(
                { 5_600_000 },
                { name },
                { given -> who.takeIf { given == pseudonyms.of(who) } },
                { login -> figures.takeIf { login == who } },
                { login, day ->
                    ViewerDay(
                        ViewerDayId(login, day),
                        60,
                        1,
                        listOf(Presence(Login.require("anna"), "2-13,30"), Presence(Login.require("bert"), "240-251")),
                    )
                },
            ),
        ),
    )

    private fun question(isAdmin: Boolean, reads: Reads = reads(), of: String = name) =
        Question(reads, Period.of(emptyMap(), now), emptyMap(), of, isAdmin)

    private fun table(panel: Panel, isAdmin: Boolean = false) = panel.query(question(isAdmin))

    /** The login, and whatever it follows from with some patience. */
    private fun disguises(login: String): List<String> {
        val bytes = login.toByteArray()
        val forms = listOf(login, login.uppercase(), login.reversed()).map { it.toByteArray() } + login.toByteArray(Charsets.UTF_16LE)
        val coded = forms.flatMap { form ->
            listOf(
                String(form, Charsets.ISO_8859_1),
                Base64.getEncoder().withoutPadding().encodeToString(form),
                Base64.getUrlEncoder().withoutPadding().encodeToString(form),
                // In the middle of something else.
                Base64.getEncoder().encodeToString(byteArrayOf(1) + form).drop(4).dropLast(4),
                Base64.getEncoder().encodeToString(byteArrayOf(1, 2) + form).drop(4).dropLast(4),
                hex(form),
                form.joinToString("") { "%%%02X".format(it) },
            )
        }
        val hashes = listOf("MD5", "SHA-1", "SHA-256", "SHA-512").map { MessageDigest.getInstance(it).digest(bytes) }
        val sums = hashes.flatMap { listOf(hex(it).take(16), Base64.getEncoder().encodeToString(it).take(12)) }
        return coded + sums + "%08x".format(CRC32().apply { update(bytes) }.value) + URLEncoder.encode(login, Charsets.UTF_8)
    }

    private fun hex(bytes: ByteArray) = bytes.joinToString("") { "%02x".format(it) }

    private fun live(vararg days: DayRow) = LiveView(true, 0, 0, days.toList(), emptyList(), null, null, emptyMap(), 0, 0, null, null)

    private fun row(day: Day, viewers: Long, sealed: Boolean) = DayRow(day, viewers, null, 0, 0, sealed, 0, 16, null)

    private fun known(live: LiveView?): Table =
        VIEWERS_KNOWN.query(Question(Questions.reads(now = now, about = Questions.About(live = { live })), Period.of(emptyMap(), now)))

    @Test
    fun `before any day is sealed the viewers of the open one are told`() {
        val table = known(live(row(days[0], 900, sealed = true), row(days[1], 1_234, sealed = false)))
        assertEquals("Viewers today (2022-08-02, open)", table.columns.single { it.key == "viewers_today" }.title)
        assertEquals(listOf(0L, 1_234L, null, null, null), table.rows.single().values)
        assertEquals("No sample has come yet, so nobody is known.", known(live(row(days[0], 900, sealed = true))).why)
        assertEquals("No sample has come yet, so nobody is known.", known(null).why)
    }

    @Test
    fun `nothing that a visitor gets says who a viewer is, in any form`() {
        val board = Boards.VIEWER
        val panels = board.panels.filter { it.access == Access.VISITOR }
        assertTrue(panels.size >= 8 && VIEWER_IDENTITY !in panels)
        val question = question(isAdmin = false)
        val answers = panels.map { Answered(it, question, it.query(question)) }
        val texts =
            answers.flatMap { listOf(BoardPages.panel(PanelView(it)), "${PanelJson.of(it)}", PanelCsv.of(it.table)) } +
                text(board, question, answers)
        for (disguise in disguises(viewer.name)) {
            for (text in texts) assertFalse(text.contains(disguise, ignoreCase = true), "$disguise in $text")
        }
        // It would have been found: an admin's answer has it.
        val forAdmins = PanelCsv.of(VIEWER_IDENTITY.query(question(isAdmin = true)))
        assertTrue(viewer.name in forAdmins)
    }

    private fun text(board: Board, question: Question, answers: List<Answered>): String {
        val above = board.above?.invoke(question, "token")
        val content = BoardPages.board(BoardView(board, question, answers, ViewerPage.PATH + name, above))
        return gg.jte.output.StringOutput().also { content.writeTo(gg.jte.html.OwaspHtmlTemplateOutput(it)) }.toString()
    }

    @Test
    fun `a pseudonym follows from a secret, and under another one it is another`() {
        assertTrue(Pseudonyms.isOne(name))
        assertEquals(name, Pseudonyms.under(ByteArray(32) { 7 }).of(viewer))
        val others = (0..50).map { Pseudonyms.under(ByteArray(32) { i -> (it + i + 8).toByte() }).of(viewer) } + name
        assertEquals(others.size, others.distinct().size)
        // Neither a keyless hash nor a part of one.
        for (disguise in disguises(viewer.name)) assertFalse(name in disguise || disguise in name, disguise)
        assertFalse(listOf("", "zz", viewer.name, name.uppercase(), "$name ", name.dropLast(1)).any(Pseudonyms::isOne))
    }

    @Test
    fun `a visitor sees a day by whole hours, an admin by slots`() {
        fun spans(isAdmin: Boolean) = table(VIEWER_DAY, isAdmin).rows.map { row -> row.values.take(3).joinToString(" ") }
        assertEquals(
            listOf("anna 00:00 02:00", "anna 02:00 03:00", "bert 20:00 21:00").let {
                listOf("anna 00:00 03:00", it.last())
            },
            spans(false),
        )
        assertEquals(listOf("anna 00:10 01:10", "anna 02:30 02:35", "bert 20:00 21:00"), spans(true))
        assertTrue("by the hour" in table(VIEWER_DAY).coverage.orEmpty())
    }

    @Test
    fun `favourites, curve, year and numbers are those of the analyser`() {
        val hours = table(VIEWER_STREAMERS).rows.map { it.values.take(2) }
        // 8 and 4 slots of 5 minutes on two days.
        assertEquals(listOf(listOf("anna", 80 / 60.0), listOf("bert", 40 / 60.0)), hours)
        assertEquals("anna" to 40.0, table(VIEWER_RECENT_STREAMERS).rows.first().values.let { it[0] to it[1] })
        assertEquals(listOf("Chess", 40 / 60.0), table(VIEWER_GAMES).rows.single().values.take(2))
        // Monday and Tuesday at 20:00, ten slots each; no weekend yet.
        assertEquals(listOf("20", 50.0, null), table(VIEWER_WEEK).rows[20].values)
        val year = table(VIEWER_YEAR).rows
        assertEquals(listOf(50 / 60.0, 50 / 60.0), year.map { it.values[1] })
        assertTrue(year.first().href.orEmpty().let { "/viewers/$name" in it && "day=2022-08-01" in it })
        assertEquals(listOf(100 / 60.0, 2, 2, 2, 2, 2), table(VIEWER_NUMBERS).rows.single().values.take(6))
    }

    @Test
    fun `who is seen in the chat of their own channel is shown to admins only`() {
        val anna = Login.require("anna")
        val reads = reads(anna)
        assertTrue(VIEWER_NUMBERS.query(question(false, reads, pseudonyms.of(anna))).rows.isEmpty())
        assertEquals(1, VIEWER_NUMBERS.query(question(true, reads, pseudonyms.of(anna))).rows.size)
        assertFalse(ViewerReads.mayBeShown(anna, figures(anna)))
    }

    @Test
    fun `an unknown name, and a login in its place, are nobody`() {
        for (of in listOf("0".repeat(32), viewer.name, "", "../admin")) {
            for (panel in Boards.VIEWER.panels) {
                val table = panel.query(question(true, of = of))
                assertTrue(table.rows.isEmpty() && "Nobody" in table.why.orEmpty(), panel.id)
            }
        }
    }

    @Test
    fun `the name is given to nobody but admins, whoever asks for it by mistake`() {
        assertThrows(IllegalStateException::class.java) { ViewerPage.of(question(isAdmin = false))!!.name }
    }
}
