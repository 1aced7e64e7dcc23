package twitchactors.twitch

import twitchactors.simulator.SplitMix64

/**
 * The tags of a stream, one to five: its language first, then some of its category's and some that streamers give themselves, always the
 * same for a streamer in a category.
 */
internal object StreamTags {
    private const val LANGUAGE = "Français"
    private const val MOST_MORE = 4
    private val OWN = listOf(
        "Chill", "Détente", "Découverte", "Communauté", "Débutant", "Ranked", "Coop", "Multijoueur", "Speedrun", "Blind", "Rediffusion",
        "Musique", "English", "Tryhard", "Événement",
    )

    fun of(streamer: Int, category: Categories.Category): List<String> {
        val draw = SplitMix64(SplitMix64.mix(streamer.toLong()) + category.id)
        val more = draw.below(MOST_MORE + 1)
        val ofCategory = category.tags.filter { draw.below(3) > 0 }
        // The first ones of the list are the more common ones, as on Twitch.
        val own = List(MOST_MORE) { OWN[minOf(draw.below(OWN.size), draw.below(OWN.size))] }
        return listOf(LANGUAGE) + (ofCategory + own).distinct().take(more)
    }
}
