package twitchactors.analyser

import twitchactors.domain.Login
import twitchactors.domain.PairSink
import twitchactors.domain.Slot
import twitchactors.domain.SlotSets
import twitchactors.domain.ViewerCursor

/**
 * Walks through what a sealed part of a day adds to its viewers, sorted by login. Nothing of a viewer is kept once the next one comes.
 *
 * @param games by streamer, for each slot what the sample says is played; null: unknown
 */
class SeenDays(private val part: ViewerCursor, games: Map<Login, Array<String?>>) {
    private val gameNumbers = HashMap<String, Int>()
    private val gameNames = ArrayList<String>()

    /** By streamer of [part], for each slot the number of the game; null when nothing is known. */
    private val gamesAt = part.streamers.map { streamer -> games[streamer]?.let(::numbers) }

    private val crowd = IntArray(Slot.PER_DAY)
    private val hours = IntArray(SeenDay.HOURS)
    private val streamers = LinkedHashMap<Login, Int>()

    /** By game, the slots of the viewer at hand; and which games there are any of. */
    private val gameSlots = ArrayList<LongArray>()
    private val played = ArrayList<Int>()

    private val sink = PairSink { _, _, streamer, runs, count -> add(streamer, runs, count) }

    /** The viewer at hand. */
    val viewer: Login get() = Login.require(String(part.viewer, 0, part.length, Charsets.US_ASCII))

    private fun numbers(games: Array<String?>) = IntArray(Slot.PER_DAY) { slot ->
        games[slot]?.let { game ->
            gameNumbers.getOrPut(game) {
                gameNames += game
                gameNames.size - 1
            }
        } ?: UNKNOWN
    }

    /** Goes to the next viewer, at first to the first; false when there is none. */
    fun next(): Boolean = part.next()

    /** What the day adds to the viewer at hand. */
    fun seen(): SeenDay {
        crowd.fill(0)
        hours.fill(0)
        streamers.clear()
        part.pairs(sink)
        var several = 0
        var most = 0
        for (slot in crowd.indices) {
            val chats = crowd[slot]
            if (chats == 0) continue
            hours[slot / SeenDay.SLOTS_PER_HOUR]++
            if (chats > 1) several++
            if (chats > most) most = chats
        }
        return SeenDay(part.day, several, most, hours.toList(), LinkedHashMap(streamers), takeGames())
    }

    private fun add(streamer: Int, runs: IntArray, count: Int) {
        val games = gamesAt[streamer]
        var slots = 0
        for (i in 0 until count) {
            for (slot in SlotSets.first(runs[i])..SlotSets.last(runs[i])) {
                crowd[slot]++
                slots++
                if (games != null && games[slot] != UNKNOWN) play(games[slot], slot)
            }
        }
        streamers[part.streamers[streamer]] = slots
    }

    private fun play(game: Int, slot: Int) {
        while (gameSlots.size <= game) gameSlots += LongArray(WORDS)
        val slots = gameSlots[game]
        if (slots.all { it == 0L }) played += game
        slots[slot shr WORD_BITS] = slots[slot shr WORD_BITS] or (1L shl slot)
    }

    /** The games of the viewer at hand, sorted; lets go of them. */
    private fun takeGames(): Map<String, Int> {
        if (played.isEmpty()) return emptyMap()
        val games = sortedMapOf<String, Int>()
        for (game in played) {
            games[gameNames[game]] = gameSlots[game].sumOf { it.countOneBits() }
            gameSlots[game].fill(0)
        }
        played.clear()
        return games
    }

    private companion object {
        const val UNKNOWN = -1
        const val WORD_BITS = 6
        const val WORDS = (Slot.PER_DAY + Long.SIZE_BITS - 1) / Long.SIZE_BITS
    }
}
