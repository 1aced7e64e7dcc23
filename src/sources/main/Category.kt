package twitchactors.sources

/**
 * A category (Helix: game) in which people stream.
 *
 * @param boxArtUrl of its image, with `{width}x{height}` in it
 */
data class Category(val id: String, val name: String, val boxArtUrl: String)
