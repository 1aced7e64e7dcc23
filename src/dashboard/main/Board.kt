package twitchactors.dashboard

import twitchactors.web.Access

/**
 * A page of panels.
 *
 * @param path its address; one that ends in `/` takes a subject behind it, such as a category
 * @param api its name below `/api/v1/`, where all of its panels are one JSON document
 * @param isInNavigation whether the navigation names it
 * @param hasPeriod whether it is about a period; else the picker is not shown
 * @param lead a sentence below the title; null: none
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
) {
    val hasSubject: Boolean get() = path.length > 1 && path.endsWith("/")
    val choices: List<Choice> get() = panels.flatMap { it.choices }.distinct()
}
