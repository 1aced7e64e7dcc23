package twitchactors.twitch

import twitchactors.simulator.World
import java.text.Normalizer

/** The categories of a world: their ids, addresses and tags. */
internal class Categories(world: World) {
    /** @property slug its place in addresses of pages */
    class Category(val index: Int, val name: String) {
        val id: Long = (index + 1) * STEP
        val igdbId: String = if (index % 6 == 0) "" else "${1_000 + index * 37}"
        val slug: String = slug(name).ifEmpty { "category-$id" }
        val tags: List<String> = TAGS[name] ?: listOf("Jeu")
    }

    private val all = world.categories.mapIndexed { index, name -> Category(index, name) }
    private val byName = all.associateBy { it.name }
    private val byId = all.associateBy { it.id.toString() }
    private val bySlug = all.associateBy { it.slug }
    private val byIgdbId = all.filter { it.igdbId.isNotEmpty() }.associateBy { it.igdbId }

    fun named(name: String): Category = byName.getValue(name)

    fun find(id: String? = null, name: String? = null, igdbId: String? = null, slug: String? = null): Category? =
        byId[id] ?: byName[name] ?: byIgdbId[igdbId] ?: bySlug[slug]

    private companion object {
        const val STEP = 7919L

        /** Lower-case ASCII letters and digits, with a hyphen for each stretch of others. */
        fun slug(name: String): String = Normalizer.normalize(name, Normalizer.Form.NFD).replace(Regex("\\p{M}"), "").lowercase()
            .replace(Regex("[^a-z0-9]+"), "-").trim('-')

        val TAGS = mapOf(
            "Just Chatting" to listOf("IRL"),
            "League of Legends" to listOf("MOBA", "Strategy"),
            "VALORANT" to listOf("FPS", "Shooter"),
            "Grand Theft Auto V" to listOf("Driving/Racing Game", "Adventure Game"),
            "Counter-Strike: Global Offensive" to listOf("FPS", "Shooter"),
            "FIFA 22" to listOf("Sports Game"),
            "Chess" to listOf("Card & Board Game"),
            "Music" to listOf("Creative", "IRL"),
            "Art" to listOf("Creative"),
            "Sports" to listOf("IRL"),
        )
    }
}
