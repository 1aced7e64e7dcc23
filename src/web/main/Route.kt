package twitchactors.web

/**
 * One line of the table of routes.
 *
 * @param path exact; one that ends in `/` takes all below it
 * @param checksForm false: the route looks after its form token itself, because there is no session to bind it to
 */
class Route(
    val method: String,
    val path: String,
    val access: Access,
    val checksForm: Boolean = true,
    val answer: (Asked, Account?) -> Answer,
) {
    internal fun takes(asked: String): Boolean = if (path.length > 1 && path.endsWith("/")) asked.startsWith(path) else asked == path
}
