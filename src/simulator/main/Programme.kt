package twitchactors.simulator

/**
 * What is streamed: titles and categories. A stream often opens with talk, then plays; a stretch lasts one to three hours. Titles
 * carry what real ones do: emoji, accents, other scripts, quotes, mark-up, control characters' escapes.
 */
internal object Programme {
    const val TALK = "Just Chatting"

    fun of(draw: SplitMix64, first: Int, last: Int): List<Broadcast.Segment> {
        val segments = ArrayList<Broadcast.Segment>()
        val favourite = GAMES[draw.below(GAMES.size)]
        var at = first
        var talk = draw.below(10) < 6
        while (at <= last) {
            val game = when {
                talk -> TALK
                draw.below(10) < 6 -> favourite
                else -> GAMES[draw.below(GAMES.size)]
            }
            val title = TITLES[draw.below(TITLES.size)].replace("{game}", game).replace("{n}", draw.between(2, 400).toString())
            segments += Broadcast.Segment(at, title, game)
            at += if (talk) draw.between(5, 18) else draw.between(10, 36)
            talk = draw.below(10) < 2
        }
        return segments
    }

    private val GAMES = listOf(
        "League of Legends", "VALORANT", "Grand Theft Auto V", "Fortnite", "Minecraft", "Counter-Strike: Global Offensive", "FIFA 22",
        "Apex Legends", "Teamfight Tactics", "Dead by Daylight", "World of Warcraft", "Hearthstone", "Rocket League",
        "Pokémon Legends: Arceus",
        "Genshin Impact", "Elden Ring", "Chess", "Music", "Art", "Sports", "Talk Shows & Podcasts", "Retro", "Overwatch 2", "Rust", "原神",
    )

    val CATEGORIES = listOf(TALK) + GAMES

    private val TITLES = listOf(
        "{game} avec les viewers !", "🔴 LIVE | {game} jusqu'à pas d'heure", "!discord !youtube - jour {n}", "On se réveille doucement ☕",
        "Soirée {game} 🎉 {n} subs = je chante", "« Tryhard » {game} — objectif top {n}", "DÉTENTE // {game}", "[FR] {game} #ad",
        "\"Une dernière\" et je coupe", "C:\\Users\\chat> run {game}.exe", "<b>{game}</b> & rien d'autre", "Стрим {game} — поехали",
        "今夜も{game}をやります", "게임 방송 {n}일차", "بث مباشر {game}", "👨‍👩‍👧‍👦 en famille sur {game}", "{game}\t24 h\tnon-stop", "pas de titre",
        "Événement caritatif : {n} € récoltés 💜", "Ranked → Diamant ? ({n} LP)", "ASMR 🤫 chut",
        "Ça va être long… {game}", "🏳️‍🌈 café & débats",
        "{\"chatters\":[\"not_a_chatter\"]}", "speedrun any% WR {n} min", "Réaction aux vidéos du chat 👀",
    )
}
