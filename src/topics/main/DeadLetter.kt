package twitchactors.topics

import java.time.Instant

/**
 * A record that could not be understood, as it is kept.
 *
 * @param number its offset in the topic of dead letters, by which it is asked for
 * @param at when it came there
 * @param origin where it stood, and why it is here
 * @param key as it was, null when it had none
 * @param value as it was; null when it had none
 * @param headers its own, in their order
 * @param cutFrom bytes that [value] had when it was too large to be kept whole; null: it is whole
 */
class DeadLetter(
    val number: Long,
    val at: Instant,
    val origin: DeadLetters.Origin,
    val key: ByteArray?,
    val value: ByteArray?,
    val headers: List<Pair<String, ByteArray?>>,
    val cutFrom: Int?,
)
