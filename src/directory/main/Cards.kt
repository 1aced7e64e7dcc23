package twitchactors.directory

import twitchactors.domain.Login
import twitchactors.sources.CategoryCard
import twitchactors.sources.DirectoryQuestion
import twitchactors.sources.StreamCard

/**
 * What cards are about. A card that is half of one thing and half of another, as it may be while a page scrolls and fills its places
 * anew, is none: it is read when it is whole.
 */
internal object Cards {
    private const val LONGEST_TEXT = 500
    private const val MOST_TAGS = 50
    private val CATEGORY_LINK = Regex("/directory/category/([^/]+)")

    /** To the streamer's page, or from the name to what is below it. */
    private val STREAM_LINK = Regex("/([^/]+)(?:/.*)?")

    /** The preview's address names whom it shows. */
    private val PREVIEW = Regex("/live_user_([^/]+)-[0-9]+x[0-9]+\\.[a-z]+$")

    fun category(card: RawCard): CategoryCard? {
        val slug = about(card, CATEGORY_LINK)?.takeIf { DirectoryQuestion.SLUG.matches(it) } ?: return null
        val name = card.title?.takeIf { it.isNotBlank() } ?: return null
        return CategoryCard(slug, name, viewers(card) ?: return null, card.tags, card.image)
    }

    fun stream(card: RawCard): StreamCard? {
        val login = about(card, STREAM_LINK)?.let { Login.of(it) } ?: return null
        val title = card.title ?: return null
        val shown = PREVIEW.find(card.image)?.groupValues?.get(1)
        if (shown != null && shown != login.name) return null
        return StreamCard(login, title, viewers(card) ?: return null, card.tags, card.image)
    }

    /** What all links of a card that is not monstrous agree on. */
    private fun about(card: RawCard, link: Regex): String? {
        val isBounded = card.tags.size <= MOST_TAGS && (card.tags + card.image + card.title.orEmpty()).all { it.length <= LONGEST_TEXT }
        val named = card.links.map { link.matchEntire(it)?.groupValues?.get(1) }.distinct()
        return named.singleOrNull()?.takeIf { isBounded }
    }

    private fun viewers(card: RawCard): Int? = card.counts.firstNotNullOfOrNull { ViewerCount.of(it) }
}
