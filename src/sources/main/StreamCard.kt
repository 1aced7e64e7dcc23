package twitchactors.sources

import twitchactors.domain.Login

/**
 * A live stream as a card of the directory's page shows it.
 *
 * @param login from the card's link: the name that the card shows may be written in another script
 * @param title as its streamer wrote it; may be empty
 * @param viewers rounded as on the page, 0 or more
 * @param tags as the page shows them, in its order
 * @param imageUrl of its preview; may be empty
 */
data class StreamCard(val login: Login, val title: String, val viewers: Int, val tags: List<String>, val imageUrl: String)
