package twitchactors.archive

import twitchactors.domain.Slot

/** The decimal text of the small numbers that rows are made of. */
internal object Decimals {
    private val TEXTS = Array(Slot.PER_DAY + 1) { it.toString().toByteArray(Charsets.US_ASCII) }

    /** The text of [number], 0 to 288. */
    fun of(number: Int): ByteArray = TEXTS[number]
}
