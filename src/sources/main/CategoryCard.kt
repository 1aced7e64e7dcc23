package twitchactors.sources

/**
 * A category as a card of the directory's page shows it.
 *
 * @param slug its place in addresses of pages, such as `just-chatting`
 * @param viewers rounded as on the page, 0 or more
 * @param tags as the page shows them, in its order
 * @param imageUrl of its box art in the size that the page shows; may be empty
 */
data class CategoryCard(val slug: String, val name: String, val viewers: Int, val tags: List<String>, val imageUrl: String)
