package twitchactors.sources

import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.Slot
import java.util.concurrent.CompletionStage

/**
 * Who is in the chats, by whichever source knows most of a streamer: [ChatterSource.CHATTERS] where we may ask,
 * [ChatterSource.MEMBERSHIP] where the room is small enough, else [ChatterSource.MESSAGES].
 */
interface ChatterLists {
    /** The chat of [streamer] is to be followed from now on, by this process. */
    fun follow(streamer: Login)

    /** It is followed no more. */
    fun unfollow(streamer: Login)

    /**
     * Who is in the chat of [stream] now, or, by [ChatterSource.MESSAGES], who wrote in [slot] of [day]: that answer comes when the
     * slot is over. Fails with [NoAnswer].
     */
    fun chatters(stream: LiveStream, day: Day, slot: Slot): CompletionStage<Chatters>
}
