package twitchactors.store

import twitchactors.domain.Login

/**
 * Streamers grouped by whose people they share, and where they are on a map.
 *
 * @param names of each community, by its number, its largest streamer
 * @param modularity of the communities
 * @param pairs how many streamers share a person
 */
data class AudienceMap(val streamers: List<Placed>, val names: List<Login>, val modularity: Double, val pairs: Int) {
    /**
     * @param community 0, 1, ..: the one with the most viewers first
     * @param x within -1..1, as [y]
     * @param viewers unique people
     */
    data class Placed(val login: Login, val community: Int, val x: Double, val y: Double, val viewers: Long)
}
