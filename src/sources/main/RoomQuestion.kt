package twitchactors.sources

import java.util.concurrent.CompletableFuture
import java.util.concurrent.Executor

/**
 * What somebody wants to know of a room in a slot, and waits for.
 *
 * @param slot by its number since 1970
 * @param answering runs what waits for the answer, so that it holds up nobody here
 */
internal abstract class RoomQuestion<T>(val slot: Long, private val answering: Executor) {
    /** The answer; fails with [NoAnswer]. */
    val answer = CompletableFuture<T>()
    val from: Long get() = slot * RoomTalk.SLOT_MS
    val to: Long get() = from + RoomTalk.SLOT_MS

    /** When it was first seen that the slot is over, by the monotonic clock. */
    var overSince: Long? = null

    /** What the list of names has to say, while the slot lasts; null when the question waits for the messages of the whole slot. */
    abstract fun byNames(room: Room): T?

    /** What the messages of the slot have to say; null when there were none. */
    abstract fun byMessages(spoken: RoomTalk.Spoken?): T

    /** Answers by the list of names if it can. */
    fun tryNames(room: Room): Boolean {
        val found = byNames(room) ?: return false
        answering.execute { answer.complete(found) }
        return true
    }

    fun answerByMessages(spoken: RoomTalk.Spoken?) {
        val found = byMessages(spoken)
        answering.execute { answer.complete(found) }
    }

    fun fail(reason: String) = answering.execute { answer.completeExceptionally(NoAnswer(reason)) }

    /** Who is there, while [liveViewers] watch by Twitch's own count. */
    class WhoIsThere(slot: Long, private val liveViewers: Int?, answering: Executor) : RoomQuestion<Chatters>(slot, answering) {
        override fun byNames(room: Room): Chatters? = room.membership(liveViewers)

        override fun byMessages(spoken: RoomTalk.Spoken?): Chatters {
            val logins = spoken?.let { RoomNames.write(it.authors, it.authors.size) } ?: ByteArray(0)
            return Chatters(ChatterSource.MESSAGES, isComplete = false, logins, spoken?.dropped ?: 0)
        }
    }

    /** How many messages each of the slot's five minutes brought. */
    class HowMuchIsSaid(slot: Long, answering: Executor) : RoomQuestion<IntArray>(slot, answering) {
        override fun byNames(room: Room): IntArray? = null

        override fun byMessages(spoken: RoomTalk.Spoken?): IntArray = spoken?.perMinute?.clone() ?: IntArray(RoomTalk.MINUTES)
    }
}
