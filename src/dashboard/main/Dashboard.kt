package twitchactors.dashboard

import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonObject
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.web.Access
import twitchactors.web.Account
import twitchactors.web.Answer
import twitchactors.web.Asked
import twitchactors.web.Frame
import twitchactors.web.Role
import twitchactors.web.Route
import twitchactors.web.SitePages

/**
 * All pages of panels, and the API that says the same. Routes follow from the boards and the panels on them.
 *
 * @param more routes that are no panels; they come before those of boards
 */
class Dashboard(
    private val boards: List<Board>,
    private val reads: Reads,
    nanoTime: () -> Long = System::nanoTime,
    private val more: List<FramedRoutes> = emptyList(),
) : SitePages {
    private val cache = PanelCache(nanoTime)
    private val panels = boards.flatMap { it.panels }.associateBy { it.id }
    private val choices = panels.mapValues { (id, _) -> boards.filter { board -> board.panels.any { it.id == id } }.flatMap { it.choices } }

    override val links: List<Frame.Link> =
        boards.filter { it.isInNavigation }.map { Frame.Link(it.path.trimEnd('/').ifEmpty { "/" }, it.title, it.access) }

    override fun routes(frame: Frame): List<Route> = more.flatMap { it.routes(frame) } + boards.flatMap { board ->
        listOf(
            Route("GET", board.path, board.access) { asked, account -> page(board, asked, checkNotNull(account), frame) },
            Route("GET", "/api/v1/${board.api}" + if (board.hasSubject) "/" else "", board.access) { asked, account ->
                all(board, asked, checkNotNull(account))
            },
        )
    } + listOf(
        Route("GET", "/panel/", Access.VISITOR) { asked, account -> fragment(asked, checkNotNull(account)) },
        Route("GET", "/api/v1/panels/", Access.VISITOR) { asked, account -> data(asked, checkNotNull(account)) },
        Route("GET", "/api/openapi.yaml", Access.VISITOR) { _, _ ->
            Answer(200, "application/yaml", OpenApi.of(boards).toByteArray())
        },
    )

    override fun streamer(streamer: Login, day: Day): String = StreamerLinks.page(streamer, day)

    private fun page(board: Board, asked: Asked, account: Account, frame: Frame): Answer {
        val subject = subject(board, board.path, asked)
        if (board.hasSubject && subject == null) return missing(asked)
        val question = question(asked, account, board.choices, subject)
        val shown = board.panels.filter { may(account, it) }.map { cache.ask(it, question) }
        val view = BoardView(board, question, shown, asked.path, board.above?.invoke(question, frame.token(asked)))
        return frame.page(asked, account, view.title, BoardPages.board(view), listOf(BoardAssets.style), BoardAssets.scripts)
    }

    private fun fragment(asked: Asked, account: Account): Answer {
        val panel = find(asked.path.removePrefix("/panel/"), account) ?: return missing(asked)
        val question = question(asked, account, choices.getValue(panel.id), asked.query[SUBJECT])
        return Answer.html(BoardPages.panel(PanelView(cache.ask(panel, question))))
    }

    private fun data(asked: Asked, account: Account): Answer {
        val name = asked.path.removePrefix("/api/v1/panels/")
        val panel = find(name.removeSuffix(".csv"), account) ?: return missing(asked)
        val question = question(asked, account, choices.getValue(panel.id), asked.query[SUBJECT])
        question.period.problem?.let { return Answer.error(asked, 422, "bad_period", it) }
        val answered = cache.ask(panel, question)
        return when {
            answered.failed -> Answer.error(asked, 503, "away", answered.table.why.orEmpty()).with("Retry-After", "5")
            name.endsWith(".csv") -> Answer(200, "text/csv; charset=UTF-8", PanelCsv.of(answered.table).toByteArray())
                .with("Content-Disposition", "attachment; filename=\"${panel.id}.csv\"")
            else -> Answer.json(PanelJson.of(answered))
        }
    }

    private fun all(board: Board, asked: Asked, account: Account): Answer {
        val subject = subject(board, "/api/v1/${board.api}/", asked)
        if (board.hasSubject && subject == null) return missing(asked)
        val question = question(asked, account, board.choices, subject)
        question.period.problem?.let { return Answer.error(asked, 422, "bad_period", it) }
        val answers = board.panels.filter { may(account, it) }.map { cache.ask(it, question) }
        answers.find { it.failed }?.let { return Answer.error(asked, 503, "away", it.table.why.orEmpty()).with("Retry-After", "5") }
        return Answer.json(
            buildJsonObject {
                if (subject != null) put("subject", subject)
                put("period", PanelJson.period(question.period))
                putJsonObject("panels") { answers.forEach { put(it.panel.id, PanelJson.of(it)) } }
            },
        )
    }

    private fun find(id: String, account: Account): Panel? = panels[id]?.takeIf { may(account, it) }

    private fun may(account: Account, panel: Panel) = panel.access.role?.let(account.role::includes) == true

    private fun subject(board: Board, before: String, asked: Asked): String? =
        if (board.hasSubject) Question.ofPiece(asked.path.removePrefix(before)) else null

    private fun question(asked: Asked, account: Account, choices: List<Choice>, subject: String?) = Question(
        reads,
        Period.of(asked.query, reads.now()),
        choices.associate { it.name to it.read(asked.query[it.name]) },
        subject,
        account.role == Role.ADMIN,
    )

    private fun missing(asked: Asked) = Answer.error(asked, 404, "not_found", "There is no such panel or page.")

    internal companion object {
        /** The field of an address that says what a single panel is about. */
        const val SUBJECT = "of"
    }
}
