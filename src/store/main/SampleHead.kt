package twitchactors.store

import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.Slot
import java.nio.ByteBuffer
import java.security.MessageDigest

/**
 * What a sample says besides the logins.
 *
 * @param polledAt in seconds since 1970; 0: unknown
 * @param isRecorded whether it comes from a recording rather than from a poll of ours
 * @param hasChatters whether it says who was in the chat; false: a gap
 * @param isComplete whether it says that of everybody there
 * @param liveViewers Twitch's own count; null: unknown
 * @param title empty: unknown; so are [category], [streamId] and [language]
 * @param chatters how many logins the sample has; null: unknown, as of a gap
 */
data class SampleHead(
    val streamer: Login,
    val day: Day,
    val slot: Slot,
    val polledAt: Long,
    val source: String,
    val isRecorded: Boolean,
    val hasChatters: Boolean,
    val isComplete: Boolean,
    val liveViewers: Int?,
    val title: String,
    val category: String,
    val streamId: String,
    val language: String = "",
    val chatters: Int? = null,
) {
    /**
     * Of several of one streamer and slot that with the greatest one counts, compared as unsigned bytes: a sample before a gap, a
     * complete one before a partial one, one of a poll before one of a recording, the later one before the earlier one, and in the end
     * a fixed order.
     */
    internal fun precedence(): ByteArray {
        fun flag(value: Boolean): Byte = if (value) 1 else 0
        val content = "$source\u0000${liveViewers ?: ""}\u0000$title\u0000$category\u0000$streamId"
        val digest = MessageDigest.getInstance("SHA-256").digest(content.toByteArray())
        return ByteBuffer.allocate(PRECEDENCE)
            .put(flag(hasChatters)).put(flag(isComplete)).put(flag(!isRecorded)).putLong(polledAt).put(digest, 0, DIGEST).array()
    }

    private companion object {
        const val DIGEST = 16
        const val PRECEDENCE = 3 + Long.SIZE_BYTES + DIGEST
    }
}
