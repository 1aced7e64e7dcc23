package twitchactors.dashboard

import kotlinx.serialization.json.add
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray
import twitchactors.domain.Login
import twitchactors.web.Access
import twitchactors.web.Account
import twitchactors.web.Answer
import twitchactors.web.Asked
import twitchactors.web.Frame
import twitchactors.web.Route

/** Ways to a viewer's page, and what admins can do there. A login comes in by forms and is never in an address of a page. */
class ViewerPages(private val reads: ViewerReads, private val rights: ViewerRights) : FramedRoutes {
    override fun routes(frame: Frame): List<Route> = listOf(
        Route("GET", "/viewers/random", Access.VISITOR) { _, _ -> random() },
        Route("GET", "/api/v1/viewers/random", Access.VISITOR) { asked, _ -> randomName(asked) },
        Route("GET", "/api/v1/viewers", Access.ADMIN) { asked, _ -> document(asked) },
        Route("POST", "/rights/find", Access.ADMIN) { asked, account -> find(asked, checkNotNull(account), frame) },
        Route("GET", "/rights/removals/", Access.ADMIN) { asked, account -> removal(asked, checkNotNull(account), frame) },
        Route("GET", "/rights/progress/", Access.ADMIN) { asked, _ -> progress(asked) },
        Route("GET", "/api/v1/erasures", Access.ADMIN) { _, _ -> past() },
        Route("POST", "/api/v1/erasures", Access.ADMIN) { asked, account -> beginByApi(asked, checkNotNull(account)) },
    ) + ViewerRights.Kind.entries.map { kind ->
        Route("POST", "/rights/${kind.word}", Access.ADMIN) { asked, account -> begin(kind, asked, checkNotNull(account), frame) }
    }

    private fun random(): Answer = Answer.seeOther(reads.random()?.let { ViewerPage.PATH + it } ?: "/viewers")

    private fun randomName(asked: Asked): Answer = reads.random()?.let { Answer.json(buildJsonObject { put("viewer", it) }) }
        ?: Answer.error(asked, 404, "not_found", "No day is sealed yet, or its viewers are not known over all days yet.")

    private fun document(asked: Asked): Answer {
        val login = Login.of(asked.query["login"].orEmpty()) ?: return Answer.error(asked, 422, "bad_login", BAD_LOGIN)
        return rights.document(login)?.let { Answer.json(it) }
            ?: Answer.error(asked, 404, "not_found", "This viewer was seen on no sealed day.")
    }

    private fun find(asked: Asked, account: Account, frame: Frame): Answer {
        val login = Login.of(asked.form["login"].orEmpty().trim().lowercase())
            ?: return told(asked, account, frame, BAD_LOGIN, status = 422)
        if (reads.figures(login) != null) return Answer.seeOther(ViewerPage.PATH + rights.nameOf(login))
        val known = rights.keptOut(login)?.let { "This viewer is kept out: $it." } ?: "This viewer was seen on no sealed day."
        return told(asked, account, frame, known, login)
    }

    private fun told(asked: Asked, account: Account, frame: Frame, message: String, login: Login? = null, status: Int = 200): Answer {
        val content = BoardPages.viewers(ViewersHead(isAdmin = true, frame.token(asked), login?.name, message, isPage = true))
        val page = frame.page(asked, account, "Viewers", content, listOf(BoardAssets.style))
        return Answer(status, Answer.HTML, page.body, page.headers)
    }

    private fun begin(kind: ViewerRights.Kind, asked: Asked, account: Account, frame: Frame): Answer {
        val login = Login.of(asked.form["login"].orEmpty().trim().lowercase())
            ?: return told(asked, account, frame, BAD_LOGIN, status = 422)
        if (asked.form["confirm"].orEmpty().trim().lowercase() != login.name) {
            return told(asked, account, frame, "The two logins differ. Nothing was changed.", login, status = 422)
        }
        return Answer.seeOther("/rights/removals/" + rights.begin(kind, login, account.name))
    }

    private fun beginByApi(asked: Asked, account: Account): Answer {
        val login = Login.of(asked.form["login"].orEmpty()) ?: return Answer.error(asked, 422, "bad_login", BAD_LOGIN)
        val kind = ViewerRights.Kind.entries.find { it.word == (asked.form["kind"] ?: ViewerRights.Kind.ERASE.word) }
            ?: return Answer.error(asked, 422, "bad_kind", "kind is ${ViewerRights.Kind.entries.joinToString(" or ") { it.word }}.")
        val number = rights.begin(kind, login, account.name)
        return Answer.json(buildJsonObject { put("removal", number) }, 202).with("Location", "/rights/removals/$number")
    }

    private fun removal(asked: Asked, account: Account, frame: Frame): Answer {
        val number = asked.path.removePrefix("/rights/removals/")
        val removal = rights.removal(number) ?: return unknown(asked)
        return frame.page(asked, account, removal.kind.title, BoardPages.removal(number, removal), listOf(BoardAssets.style))
    }

    private fun progress(asked: Asked): Answer {
        val number = asked.path.removePrefix("/rights/progress/")
        val removal = rights.removal(number) ?: return unknown(asked)
        return Answer.html(BoardPages.progress(number, removal))
    }

    private fun past(): Answer = Answer.json(
        buildJsonObject {
            putJsonArray("erasures") {
                rights.past().forEach { entry ->
                    add(
                        buildJsonObject {
                            put("at", "${entry.at}")
                            put("who", entry.who)
                            put("action", entry.action)
                            put("subject", entry.subject)
                            put("detail", entry.detail)
                        },
                    )
                }
            }
        },
    )

    private fun unknown(asked: Asked) =
        Answer.error(asked, 404, "not_found", "This process has begun no such removal. What was begun before it started is in the audit.")

    private companion object {
        const val BAD_LOGIN = "That is no login: a login is 1 to 25 letters, digits and underscores."
    }
}
