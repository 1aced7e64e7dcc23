package twitchactors.sources

import org.slf4j.LoggerFactory
import twitchactors.domain.Login

/**
 * Which streamer's room is on which connection. Rooms fill the first connection, then the next; when all are full they wait for a place.
 * Not safe for several threads.
 */
internal class ChatBoard(
    private val settings: ChatSettings,
    private val millis: () -> Long,
    private val nanos: () -> Long,
    private val random: () -> Double,
    private val open: (link: ChatLink, attempt: Long) -> Unit,
) {
    private class Place(val room: Room, val link: ChatLink)

    private val budget = ChatJoinBudget(settings.joinsPer10Seconds, millis)
    private val links = ArrayList<ChatLink>()
    private val places = HashMap<Login, Place>()
    private val waiting = LinkedHashSet<Login>()

    fun follow(streamer: Login) {
        if (streamer in places || streamer in waiting) return
        val link = freeLink()
        when {
            link != null -> put(streamer, link)
            waiting.size < settings.waitingRooms -> waiting += streamer
            else -> log.warn("the chat of {} is not followed: {} rooms are, and {} wait for a place", streamer, places.size, waiting.size)
        }
    }

    fun unfollow(streamer: Login) {
        waiting -= streamer
        val place = places.remove(streamer) ?: return
        place.link.remove(place.room)
        place.room.close("its chat is followed no more")
        val next = waiting.firstOrNull() ?: return
        waiting -= next
        freeLink()?.let { put(next, it) }
    }

    /** [question] is about the chat of [streamer]. */
    fun ask(streamer: Login, question: RoomQuestion<*>) {
        val place = places[streamer]
        when {
            place != null -> place.room.ask(question)
            streamer in waiting -> question.fail("no chat connection has a place for it")
            else -> question.fail("its chat is not followed")
        }
    }

    /** The connection that is called [number]. */
    fun link(number: Int): ChatLink = links[number]

    fun tick() = links.forEach { it.tick() }

    fun close() {
        links.forEach { it.disconnect() }
        places.values.forEach { it.room.close("the chat is closed") }
    }

    fun status(): ChatStatus {
        val rooms = places.values.map { it.room }
        return ChatStatus(
            connections = links.count { it.isReady },
            rooms = rooms.size + waiting.size,
            joined = rooms.count { it.state == Room.State.JOINED },
            listed = rooms.count { it.isListed },
            names = rooms.sumOf { it.names },
            bytes = rooms.sumOf { it.bytes },
            isDegraded = links.any { it.isDegraded },
            messages = links.sumOf { it.messages },
            linesDropped = links.sumOf { it.linesDropped },
            connects = links.sumOf { it.attempt },
        )
    }

    private fun freeLink(): ChatLink? = links.find { it.size < settings.roomsPerConnection }
        ?: if (links.size < settings.connections) {
            ChatLink(links.size, settings, budget, millis, nanos, random, open).also { links += it }
        } else {
            null
        }

    private fun put(streamer: Login, link: ChatLink) {
        val room = Room(streamer, settings, millis, nanos)
        link.add(room)
        places[streamer] = Place(room, link)
    }

    private companion object {
        val log = LoggerFactory.getLogger(ChatBoard::class.java)
    }
}
