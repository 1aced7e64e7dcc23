package twitchactors.twitch

import twitchactors.domain.ByteSink
import twitchactors.simulator.Draws
import twitchactors.simulator.Names
import twitchactors.simulator.World
import kotlin.math.roundToInt

/**
 * The accounts of a simulated Twitch, by the numbers of their names in the world, and [COLLECTOR] as one more. Ids are numbers, as
 * text in replies: the same for the same number in every world.
 *
 * @param moderated share of the streamers of whom the collector is a moderator
 */
internal class Accounts(private val world: World, private val moderated: Double) {
    private val names: Names = world.names

    fun numberOf(login: String): Int? = if (login == SimulatedTwitchSettings.COLLECTOR) COLLECTOR else names.numberOf(login)

    fun login(number: Int): String = if (number == COLLECTOR) SimulatedTwitchSettings.COLLECTOR else names[number]

    fun appendLogin(to: ByteSink, number: Int) = names.appendTo(to, number)

    /** Ids are spread over 1 to 2^30 by an odd factor, which is a bijection. */
    fun id(number: Int): Long = if (number == COLLECTOR) COLLECTORS_ID else ((number + 1L) * SPREAD and MASK) + 1

    /** The account with that id; null when nobody has it. */
    fun numberOfId(id: Long): Int? = when (id) {
        COLLECTORS_ID -> COLLECTOR
        in 1..MASK + 1 -> (((id - 1) * UNSPREAD and MASK) - 1).toInt().takeIf { it in 0 until names.count }
        else -> null
    }

    fun isStreamer(number: Int): Boolean = number in 0 until world.streamers

    /** Whether [account] may read who is in the chat of [streamer]: it is the broadcaster's own, or the collector moderates it. */
    fun mayReadChatters(account: Int, streamer: Int): Boolean =
        account == streamer || account == COLLECTOR && isStreamer(streamer) && isModerated(streamer)

    /** Whether [account] is an operator in the chat of [streamer]; about one in a hundred is. */
    fun isOperator(account: Int, streamer: Int): Boolean =
        account == streamer || world.draws.hits(Draws.Purpose.ROLE, account.toLong() shl 20 or streamer.toLong(), 0, 1, 100)

    /**
     * Appends the name as it is displayed: mostly the login with capitals, at times one in another script, so that nobody gets
     * away with taking it for the login.
     */
    fun appendDisplayName(to: ByteSink, number: Int) {
        // The upper bits of a product with an odd number: any number's style, always the same.
        val style = number * GOLDEN ushr 24
        if (style == 0) {
            to.text(LOCALIZED[number % LOCALIZED.size])
            to.decimal(number.toLong())
            return
        }
        val from = to.size
        appendLogin(to, number)
        if (style < CAPITALISED && to.array[from] in LOWER) to.array[from] = (to.array[from] - 32).toByte()
    }

    fun displayName(number: Int): String =
        if (number == COLLECTOR) login(number) else ByteSink(32).also { appendDisplayName(it, number) }.run { String(array, 0, size) }

    private fun isModerated(streamer: Int) =
        world.draws.hits(Draws.Purpose.MODERATES, streamer.toLong(), 0, (moderated * TEN_THOUSAND).roundToInt(), TEN_THOUSAND)

    companion object {
        /** The collector's number. */
        const val COLLECTOR = -1
        private const val COLLECTORS_ID = (1L shl 30) + 1
        private const val MASK = (1L shl 30) - 1
        private const val SPREAD = 0x2545F495L and MASK
        private val UNSPREAD = inverse(SPREAD)
        private const val GOLDEN = -0x61c88647
        private const val TEN_THOUSAND = 10_000

        /** Of 256 styles. */
        private const val CAPITALISED = 150
        private val LOWER = 'a'.code.toByte()..'z'.code.toByte()
        private val LOCALIZED = listOf("さくら", "민수", "Алёна", "ليلى", "小明")

        /** The inverse modulo 2^30, by Newton's iteration: each step doubles the number of right bits. */
        private fun inverse(odd: Long): Long {
            var inverse = odd
            repeat(5) { inverse = inverse * (2 - odd * inverse) and MASK }
            return inverse
        }
    }
}
