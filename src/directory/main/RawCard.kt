package twitchactors.directory

/**
 * A card as it stood in the page in one moment, of which nothing is known to fit together.
 *
 * @param links paths of all its links that name what it is about
 * @param title null when it has no heading
 * @param counts texts that may be its number of viewers, the likeliest first
 */
internal data class RawCard(
    val links: List<String>,
    val title: String?,
    val counts: List<String>,
    val tags: List<String>,
    val image: String,
) {
    companion object {
        /** Of what `cards.js` returned for it. */
        fun of(read: Map<*, *>) = RawCard(
            texts(read["links"]),
            read["title"] as? String,
            texts(read["counts"]),
            texts(read["tags"]),
            read["image"] as? String ?: "",
        )

        private fun texts(read: Any?): List<String> = (read as? List<*>).orEmpty().filterIsInstance<String>()
    }
}
