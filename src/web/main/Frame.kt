package twitchactors.web

import gg.jte.Content

/**
 * What stands around a page: navigation, banner, footer.
 *
 * @param links the pages of the navigation, in their order
 * @param simulated any of the data is made up: every page wears a banner
 */
class Frame(val links: List<Link>, val simulated: Boolean, private val tokenOf: (Asked) -> String) {
    /**
     * An entry of the navigation.
     *
     * @param path of the page; it is also the one of all pages below it
     * @param access who sees the entry
     */
    class Link(val path: String, val title: String, val access: Access = Access.VISITOR)

    /** A whole page with [content] in it, as [account] sees it. [scripts] and [styles] are those that the page needs beside the frame's. */
    fun page(
        asked: Asked,
        account: Account,
        title: String,
        content: Content,
        styles: List<Asset> = emptyList(),
        scripts: List<Asset> = emptyList(),
    ): Answer {
        val theme = asked.cookie(THEME)?.takeIf { it == "light" || it == "dark" }
        return Answer.html(Pages.frame(FramedPage(this, title, asked.path, account, token(asked), theme, styles, scripts), content))
    }

    /** What the forms on a page that is answered to [asked] have to carry, in the field `csrf`. */
    fun token(asked: Asked): String = tokenOf(asked)

    internal fun linksFor(account: Account): List<Link> = links.filter { link -> link.access.role?.let(account.role::includes) != false }

    companion object {
        /** The cookie that keeps which of light and dark somebody has chosen; without it the browser's wish counts. */
        const val THEME = "twitchactors_theme"
    }
}
