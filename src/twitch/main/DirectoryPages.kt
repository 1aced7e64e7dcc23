package twitchactors.twitch

import org.apache.pekko.util.ByteString

/**
 * Twitch's directory as a browser sees it: categories, and the streams of each, as cards of which only a few stand in the page;
 * a mark at their end names where the next ones are. Numbers of viewers are rounded, as on Twitch.
 */
internal class DirectoryPages(
    private val accounts: Accounts,
    private val categories: Categories,
    private val address: Address,
    private val paging: Paging,
) {
    fun categories(asked: Asked, now: Moment): Reply = page("Browse") { categoryCards(asked, now) }

    fun moreCategories(asked: Asked, now: Moment): Reply = fragment { categoryCards(asked, now) }

    /** Below `/directory/category/`: a category's streams, or with `/cards` at the end more of them. */
    fun streams(asked: Asked, now: Moment): Reply {
        val rest = asked.path.removePrefix(CATEGORY)
        val category = categories.find(slug = rest.removeSuffix("/cards")) ?: return Reply.html(Markup.page("Not found", ""), 404)
        return if (rest.endsWith("/cards")) {
            fragment { streamCards(asked, now, category) }
        } else {
            page(category.name) { "<h1>${Markup.text(category.name)}</h1>" + streamCards(asked, now, category) }
        }
    }

    fun script(): Reply = Reply(200, "text/javascript; charset=UTF-8", SCRIPT)

    private fun categoryCards(asked: Asked, now: Moment): String {
        val page = paging.page(asked, now, "directory", MOST, CARDS) { it.categories.size }
        return page.moment.categories.subList(page.from, page.to).joinToString("\n") { live ->
            val category = categories.named(live.name)
            val name = Markup.text(category.name)
            val art = address.boxArt(category).replace("{width}x{height}", "285x380")
            """
            <article class="game-card" data-target="directory-page__card-container">
            <a data-a-target="tw-box-art-card-link" href="$CATEGORY${category.slug}"><img class="tw-image" alt="$name" src="$art"></a>
            <h2 title="$name">$name</h2>
            <p class="viewers">${rounded(live.viewers)} viewers</p>
            ${tags(category.tags)}
            </article>
            """.trimIndent()
        } + more("/directory/cards", page)
    }

    private fun streamCards(asked: Asked, now: Moment, category: Categories.Category): String {
        fun all(moment: Moment) = moment.categories.find { it.name == category.name }?.streams.orEmpty()
        val page = paging.page(asked, now, "directory:${category.id}", MOST, CARDS) { all(it).size }
        return all(page.moment).subList(page.from, page.to).joinToString("\n") { stream ->
            val login = accounts.login(stream.streamer)
            val preview = address.preview(login).replace("{width}x{height}", "440x248")
            """
            <article class="stream-card" data-target="directory-game__card-container">
            <a data-a-target="preview-card-image-link" href="/$login"><img class="tw-image" alt="" src="$preview"></a>
            <span class="tw-media-card-stat">${rounded(stream.viewers.toLong())} viewers</span>
            <h3 title="${Markup.text(stream.segment.title)}">${Markup.text(stream.segment.title)}</h3>
            <p data-a-target="preview-card-channel-link">${Markup.text(accounts.displayName(stream.streamer))}</p>
            ${tags(StreamTags.of(stream.streamer, category))}
            </article>
            """.trimIndent()
        } + more("$CATEGORY${category.slug}/cards", page)
    }

    private fun tags(names: List<String>) = names.joinToString("") { "<button class=\"tw-tag\"><span>${Markup.text(it)}</span></button>" }

    /** The mark at the end of the cards, if there are more. */
    private fun more(path: String, page: Paging.Page): String = page.cursor?.let { "\n<div data-more=\"$path?after=$it\"></div>" }.orEmpty()

    private fun page(title: String, content: () -> String): Reply =
        guarded { Reply.html(Markup.page(title, content(), "<script defer src=\"/directory/lazy-cards.js\"></script>")) }

    private fun fragment(content: () -> String): Reply = guarded { Reply.html(content()) }

    private fun guarded(reply: () -> Reply): Reply = try {
        reply()
    } catch (refusal: Refusal) {
        Reply.html(Markup.page("Error", "<p>${Markup.text(refusal.message)}</p>"), refusal.status)
    }

    companion object {
        const val CATEGORY = "/directory/category/"
        private const val CARDS = 8
        private const val MOST = 100
        private val SCRIPT: ByteString = checkNotNull(DirectoryPages::class.java.getResourceAsStream("/twitch/lazy-cards.js"))
            .use { ByteString.fromArrayUnsafe(it.readAllBytes()) }

        /** 999, 1K, 12.3K, 1.2M: one decimal, rounded down. */
        fun rounded(viewers: Long): String = when {
            viewers < 1_000 -> viewers.toString()
            viewers < 1_000_000 -> tenths(viewers / 100) + "K"
            else -> tenths(viewers / 100_000) + "M"
        }

        private fun tenths(value: Long) = if (value % 10 == 0L) "${value / 10}" else "${value / 10}.${value % 10}"
    }
}
