package twitchactors.dashboard

import gg.jte.Content
import twitchactors.web.Access

/**
 * A page of panels.
 *
 * @param path its address; one that ends in `/` takes a subject behind it, such as a category
 * @param api its name below `/api/v1/`, where all of its panels are one JSON document
 * @param isInNavigation whether the navigation names it
 * @param hasPeriod whether it is about a period; else the picker is not shown
 * @param lead a sentence below the title; null: none
 * @param subjectTitle what a subject is called; null: by itself
 * @param above what stands between the title and the panels, given the question and the token that forms carry
 * @param parent the page above this one; null: that without a subject
 * @param more a page that goes on from this one
 */
class Board(
    val path: String,
    val title: String,
    val api: String,
    val panels: List<Panel>,
    val isInNavigation: Boolean = true,
    val hasPeriod: Boolean = true,
    val access: Access = Access.VISITOR,
    val lead: String? = null,
    private val subjectTitle: ((String) -> String)? = null,
    val above: ((Question, String) -> Content?)? = null,
    private val parent: ((Question) -> Table.Elsewhere)? = null,
    val more: ((Question) -> Table.Elsewhere)? = null,
) {
    /** The title of the page that [question] asks for. */
    fun title(question: Question): String = question.subject?.let { subjectTitle?.invoke(it) ?: it } ?: title

    val hasSubject: Boolean get() = path.length > 1 && path.endsWith("/")

    /** The page above the one of [question]; null when there is none. */
    fun parent(question: Question): Table.Elsewhere? = when {
        parent != null -> parent.invoke(question)
        hasSubject -> Table.Elsewhere(title, question.link(path.trimEnd('/')))
        else -> null
    }

    val choices: List<Choice> get() = panels.flatMap { it.choices }.distinct()
}
