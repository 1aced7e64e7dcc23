package twitchactors.dashboard

/**
 * What stands above the panels of pages about viewers.
 *
 * @param token for forms
 * @param login of the viewer whose page it is, or who was searched for; null for visitors, and where nobody was
 * @param message what came of a search; null: nothing
 * @param isPage whether it is a page by itself
 */
internal class ViewersHead(
    val isAdmin: Boolean,
    val token: String,
    val login: String?,
    val message: String? = null,
    val isPage: Boolean = false,
    val isOfOne: Boolean = false,
) {
    val kinds: List<ViewerRights.Kind> get() = ViewerRights.Kind.entries

    companion object {
        fun of(question: Question, token: String) = ViewersHead(
            question.isAdmin,
            token,
            login = if (question.isAdmin && question.subject != null) ViewerPage.of(question)?.name else null,
            isOfOne = question.subject != null,
        )
    }
}
