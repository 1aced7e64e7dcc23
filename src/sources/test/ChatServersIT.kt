package twitchactors.sources

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.EnumSource
import twitchactors.sources.RunningChat.Companion.logins
import twitchactors.sources.RunningChat.Companion.reason
import java.time.Duration
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicLong
import javax.net.ssl.SSLContext

/** The chat client against IRC servers that know nothing of Twitch. */
internal class ChatServersIT {
    private val now = AtomicLong(1_659_382_210_000)

    @ParameterizedTest
    @EnumSource
    fun `1,500 names over many lines, those who come and go, and a server that starts again`(daemon: IrcDaemon) {
        val names = List(CROWD) { "viewer_with_a_name_$it" }
        var server = daemon.start()
        try {
            RunningChat(settings(server.port, membership = ""), now::get).use { chat ->
                PlainClients(server).use { crowd ->
                    crowd.join(ROOM, listOf("Op_Of_The_Room"))
                    crowd.join(ROOM, names)
                    chat.follow(ROOM)
                    val all = chat.answer(ROOM, liveViewers = CROWD)
                    assertEquals(ChatterSource.MEMBERSHIP to true, all.source to all.isComplete)
                    assertEquals(emptySet<String>(), (names + "op_of_the_room").toSet() - logins(all).toSet(), "missing")
                    assertEquals(CROWD + 1, logins(all).size)

                    names.take(300).forEach { crowd.send(it, "QUIT :bye") }
                    names.subList(300, 400).forEach { crowd.send(it, "PART #$ROOM") }
                    names.subList(400, 420).forEach { crowd.send("Op_Of_The_Room", "KICK #$ROOM $it :out") }
                    val late = List(5) { "LATE_$it" }
                    crowd.join(ROOM, late)
                    crowd.send("LATE_0", "NICK :Renamed_0")
                    val left = names.drop(420) + late.drop(1).map { it.lowercase() } + "op_of_the_room" + "renamed_0"
                    eventually("who came and went is known") { logins(chat.answer(ROOM, CROWD)).sorted() == left.sorted() }

                    crowd.send("LATE_1", "KICK #$ROOM nobody :of no right")
                    server.close()
                    eventually("the loss is noticed") { chat.status().connections == 0 }
                }
                val waiting = chat.ask(ROOM, CROWD)
                server = daemon.start(server.port)
                PlainClients(server).use { crowd ->
                    eventually("the room is joined again") { chat.status().joined == 1 }
                    val first = waiting.get(60, TimeUnit.SECONDS)
                    assertEquals(
                        ChatterSource.MEMBERSHIP to emptyList<String>(),
                        first.source to logins(first),
                        "nobody is left of the old list",
                    )
                    crowd.join(ROOM, names.take(200))
                    eventually("the new crowd is known") { logins(chat.answer(ROOM, 200)).sorted() == names.take(200).sorted() }
                    assertTrue(chat.status().connects >= 2)
                }
            }
        } finally {
            server.close()
        }
    }

    @ParameterizedTest
    @EnumSource
    fun `where the capability is refused, authors of messages are seen, and a slot that was not heard whole has no answer`(
        daemon: IrcDaemon,
    ) {
        var server = daemon.start()
        try {
            RunningChat(settings(server.port, membership = "twitch.tv/membership"), now::get).use { chat ->
                PlainClients(server).use { crowd ->
                    val names = List(60) { "viewer_$it" }
                    crowd.join(ROOM, names)
                    chat.follow(ROOM)
                    eventually("the room is joined") { chat.status().joined == 1 }
                    assertTrue(chat.status().isDegraded)
                    val early = chat.ask(ROOM)
                    passSlot()
                    assertEquals("its chat was joined in the middle of the slot", reason(early))

                    val whole = chat.ask(ROOM)
                    names.take(40).forEach {
                        crowd.send(it, "PRIVMSG #$ROOM :a secret of theirs", "PRIVMSG #$ROOM :\u0001ACTION waves\u0001")
                    }
                    eventually("all was heard") { chat.status().messages == 80L }
                    passSlot()
                    val authors = whole.get(60, TimeUnit.SECONDS)
                    assertEquals(ChatterSource.MESSAGES to false, authors.source to authors.isComplete)
                    assertEquals(names.take(40).sorted(), logins(authors).sorted())
                }
                val broken = chat.ask(ROOM)
                server.close()
                eventually("the loss is noticed") { chat.status().connections == 0 }
                now.addAndGet(5_000)
                server = daemon.start(server.port)
                eventually("the room is joined again") { chat.status().joined == 1 }
                passSlot()
                assertTrue("connection" in reason(broken))
                val quiet = chat.ask(ROOM)
                passSlot()
                assertEquals(emptyList<String>(), logins(quiet.get(60, TimeUnit.SECONDS)), "a whole slot in which nobody wrote")
            }
        } finally {
            server.close()
        }
    }

    @Test
    fun `over TLS, with a server that is who it says it is`() {
        val own = TestCertificate("localhost")
        val another = TestCertificate("irc.example.org")
        IrcDaemon.NGIRCD.start(certificate = own).use { server ->
            RunningChat(secure(server.port), now::get, own.trust).use { chat ->
                chat.follow(ROOM)
                assertEquals(emptyList<String>(), logins(chat.answer(ROOM)))
            }
            refuses(server.port, another.trust)
        }
        // Trusted, but another's.
        IrcDaemon.NGIRCD.start(certificate = another).use { server -> refuses(server.port, another.trust) }
    }

    private fun refuses(port: Int, trust: SSLContext) = RunningChat(secure(port), now::get, trust).use { chat ->
        chat.follow(ROOM)
        val question = chat.ask(ROOM)
        eventually("it has tried again and again") { chat.status().connects > 3 }
        assertEquals(0, chat.status().connections)
        passSlot()
        assertEquals("the connection to the chat failed", reason(question))
    }

    private fun secure(port: Int) = settings(port, membership = "", ChatServer("localhost", port, tls = true))

    private fun passSlot() {
        now.addAndGet(RoomTalk.SLOT_MS)
    }

    private fun settings(port: Int, membership: String, server: ChatServer = ChatServer("127.0.0.1", port, tls = false)) = ChatSettings(
        server = server,
        membershipCapability = membership,
        membershipLimit = 5_000,
        backOff = Duration.ofMillis(100)..Duration.ofMillis(500),
    )

    private companion object {
        const val ROOM = "some_streamer"
        const val CROWD = 1_500
    }
}
