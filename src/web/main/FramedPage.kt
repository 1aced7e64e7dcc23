package twitchactors.web

/** What the frame's template shows around one page. */
internal class FramedPage(
    private val frame: Frame,
    val title: String,
    private val path: String,
    val account: Account,
    val token: String,
    val theme: String?,
    val styles: List<Asset>,
    val scripts: List<Asset>,
) {
    val simulated: Boolean get() = frame.simulated
    val links: List<Frame.Link> get() = frame.linksFor(account)

    fun isHere(link: Frame.Link): Boolean = if (link.path == "/") path == "/" else path == link.path || path.startsWith(link.path + "/")
}
