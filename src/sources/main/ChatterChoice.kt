package twitchactors.sources

import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.Slot
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.concurrent.ConcurrentHashMap

/**
 * Get Chatters where an account of ours may read them, else what [chat] gives. A room of the chat is joined only when it is needed, for
 * there are few: so the first slot of a channel that we turn out not to be permitted to read knows little.
 */
internal class ChatterChoice(
    private val isPossible: () -> Boolean,
    private val helix: (LiveStream) -> CompletionStage<Chatters>,
    private val chat: ChatterLists,
) : ChatterLists {
    /** Whether the chat follows a streamer whom we follow. */
    private val followed = ConcurrentHashMap<Login, Boolean>()

    override fun follow(streamer: Login) {
        val viaChat = !isPossible()
        if (followed.putIfAbsent(streamer, viaChat) == null && viaChat) chat.follow(streamer)
    }

    override fun unfollow(streamer: Login) {
        if (followed.remove(streamer) == true) chat.unfollow(streamer)
    }

    override fun chatters(stream: LiveStream, day: Day, slot: Slot): CompletionStage<Chatters> {
        if (!isPossible()) return fromChat(stream, day, slot)
        return helix(stream).handle { chatters, failure ->
            val reason = failure?.let { NoAnswer.of(it) }
            when {
                reason == null -> {
                    switch(stream.streamer, false)
                    CompletableFuture.completedFuture(chatters)
                }
                reason is NotPermitted -> fromChat(stream, day, slot)
                else -> throw reason
            }
        }.thenCompose { it }
    }

    private fun fromChat(stream: LiveStream, day: Day, slot: Slot): CompletionStage<Chatters> {
        switch(stream.streamer, true)
        return chat.chatters(stream, day, slot)
    }

    /** Has the chat follow [streamer], or not any more; nothing when nobody follows them. */
    private fun switch(streamer: Login, viaChat: Boolean) {
        followed.computeIfPresent(streamer) { _, was ->
            if (viaChat && !was) chat.follow(streamer)
            if (!viaChat && was) chat.unfollow(streamer)
            viaChat
        }
    }
}
