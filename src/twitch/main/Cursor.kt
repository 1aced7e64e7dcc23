package twitchactors.twitch

import twitchactors.simulator.SplitMix64
import java.util.Base64

/**
 * Where a page of a listing began and ended, and in which moment: so all pages of one listing are of one slot. For clients it is
 * opaque; one that is not ours is refused.
 *
 * @param listing what is listed; a cursor of another listing is refused
 * @param moment slots since 1970
 */
internal class Cursor(val listing: String, val moment: Int, val from: Int, val to: Int) {
    /** @param seed of the world: another world's cursors do not fit */
    fun text(seed: Long): String {
        val plain = "$listing $moment $from $to"
        return Base64.getUrlEncoder().withoutPadding().encodeToString("$plain ${check(plain, seed)}".toByteArray())
    }

    companion object {
        /** The cursor that [text] is, or null. */
        fun parse(text: String, seed: Long): Cursor? {
            val parts = try {
                String(Base64.getUrlDecoder().decode(text), Charsets.US_ASCII).split(' ')
            } catch (_: IllegalArgumentException) {
                return null
            }
            if (parts.size != 5 || parts[4] != check(parts.dropLast(1).joinToString(" "), seed)) return null
            return Cursor(parts[0], parts[1].toInt(), parts[2].toInt(), parts[3].toInt())
        }

        private fun check(plain: String, seed: Long): String =
            SplitMix64.mix(plain.fold(seed) { hash, char -> SplitMix64.mix(hash + char.code) }).toULong().toString(36)
    }
}
