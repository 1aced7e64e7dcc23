package twitchactors.sources

/**
 * A category (Helix: game) in which people stream.
 *
 * @param boxArtUrl of its image, with `{width}x{height}` in it
 * @param viewers of all its streams, rounded down; null where Twitch does not tell them together with the category, as in Helix
 * @param tags of the category itself; empty where Twitch does not tell them
 */
data class Category(
    val id: String,
    val name: String,
    val boxArtUrl: String,
    val viewers: Int? = null,
    val tags: List<String> = emptyList(),
)
