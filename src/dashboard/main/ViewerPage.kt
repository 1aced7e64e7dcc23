package twitchactors.dashboard

import twitchactors.analyser.ViewerFigures
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.store.ViewerDay

/**
 * The viewer that a page is about, as the one who asks may know them. What leads to who it is stays in here: for visitors there is no such
 * page of somebody who was seen in the chat of their own channel, and no function gives the login to them.
 */
internal class ViewerPage private constructor(private val question: Question, private val login: Login, val figures: ViewerFigures) {
    /** For admins only. */
    val name: String get() = check(question.isAdmin) { "only admins may know who a viewer is" }.let { login.name }

    /** The day that was chosen; without one the last day seen. */
    val day: Day get() = Day.parse(question.choice(DAY)) ?: figures.lastSeen

    val ofDay: ViewerDay? get() = question.reads.viewers.day(login, day)

    val coverage: String get() = "${figures.days} days seen, as of the sealed day ${figures.asOf}"

    /** The address of this page with [day] chosen. */
    fun link(day: Day): String = question.link(PATH + question.subject, DAY.name to "$day")

    companion object {
        const val PATH = "/viewers/"

        /** Chosen by the calendar. */
        val DAY = Choice("day", "Day", isShown = false)

        /** Null when nobody is known by the question's pseudonym, or not to the one who asks. */
        fun of(question: Question): ViewerPage? {
            val login = question.reads.viewers.known(question.subject.orEmpty()) ?: return null
            val figures = question.reads.viewers.figures(login) ?: return null
            return if (question.isAdmin || ViewerReads.mayBeShown(login, figures)) ViewerPage(question, login, figures) else null
        }

        fun nobody(): Table = Table(
            emptyList(),
            emptyList(),
            why = "Nobody is known by this name. Viewers can be looked at while they are among those drawn from the last sealed days; " +
                "who asked to be removed cannot be looked at any more.",
            elsewhere = Table.Elsewhere("Another random viewer", "/viewers/random"),
        )
    }
}
