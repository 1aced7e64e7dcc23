package twitchactors.twitch

import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import java.io.BufferedReader
import java.net.Socket
import java.net.URI
import java.net.http.WebSocket
import java.util.concurrent.CompletionStage
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit

/** The chat through real connections. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
internal class IrcServerIT {
    private val running = RunningTwitch()
    private val streamer = (0 until RunningTwitch.STREAMERS).first { running.day.chatterCount(it, running.slot) in 50..300 }
    private val name = running.world.names[streamer]

    @AfterAll
    fun stop() = running.close()

    @Test
    fun `a plain client logs in, gets names, and sees who comes and goes`() {
        Connected().use { client ->
            client.send("CAP REQ :twitch.tv/membership", "NICK justinfan1", "JOIN #$name")
            val lines = client.until(" 366 ")
            val listed = lines.filter { " 353 " in it }.drop(1).flatMap { it.substringAfterLast(':').split(' ') }
            val before = running.day.chatters(streamer, running.slot).map { running.world.names[running.day.nameOfViewer(it)] }
            assertEquals(before, listed)
            running.time.passSlots(1)
            val after = running.day.chatters(streamer, running.slot).map { running.world.names[running.day.nameOfViewer(it)] }
            val gone = (before - after.toSet()).sortedBy { running.world.names.numberOf(it) }
            client.send("PING :1")
            assertTrue(client.until("!${gone.last()}@${gone.last()}.tmi.twitch.tv PART #$name").size >= gone.size)
        }
    }

    @Test
    fun `a client that fails to log in is told so and cut off`() {
        Connected().use { client ->
            client.send("PASS oauth:wrong", "NICK someone")
            assertEquals(":tmi.twitch.tv NOTICE * :Login authentication failed", client.read())
            assertNull(client.read())
        }
    }

    @Test
    fun `a line without end does not fill the memory`() {
        Connected().use { client ->
            client.send("x".repeat(100_000))
            assertNull(client.readOrEnd())
        }
    }

    @Test
    fun `a room that a connection leaves behind is free again`() {
        RunningTwitch(settings = SimulatedTwitchSettings(chat = ChatLimits(rooms = 1))).use { own ->
            Connected(own).use { client ->
                client.send("NICK justinfan3", "JOIN #${own.world.names[0]}", "JOIN #${own.world.names[1]}", "PING :end")
                assertEquals(1, client.until("PONG").count { " 366 " in it })
            }
            eventually {
                Connected(own).use { client ->
                    client.send("NICK justinfan3", "JOIN #${own.world.names[0]}", "PING :end")
                    own.time.pass(java.time.Duration.ofSeconds(10))
                    client.until("PONG").any { " 366 " in it }
                }
            }
        }
    }

    @Test
    fun `the same over WebSocket`() {
        val received = LinkedBlockingQueue<String>()
        val listener = object : WebSocket.Listener {
            private val part = StringBuilder()

            override fun onText(webSocket: WebSocket, data: CharSequence, last: Boolean): CompletionStage<*>? {
                part.append(data)
                if (last) {
                    part.toString().split("\r\n").filter { it.isNotEmpty() }.forEach { received.add(it) }
                    part.clear()
                }
                webSocket.request(1)
                return null
            }
        }
        val socket = running.client.newWebSocketBuilder().buildAsync(URI(running.twitch.webSocketUrl), listener).get(10, TimeUnit.SECONDS)
        socket.sendText("CAP REQ :twitch.tv/membership\r\nNICK justinfan2\r\n", true).get(10, TimeUnit.SECONDS)
        socket.sendText("JOIN #$name", true).get(10, TimeUnit.SECONDS)
        val lines = generateSequence { received.poll(10, TimeUnit.SECONDS) }.takeWhileIncluding { " 366 " !in it }
        val listed = lines.filter { " 353 " in it }.drop(1).flatMap { it.substringAfterLast(':').split(' ') }
        assertEquals(running.day.chatterCount(streamer, running.slot), listed.size)
        socket.sendText("PING :x", true).get(10, TimeUnit.SECONDS)
        assertTrue(generateSequence { received.poll(10, TimeUnit.SECONDS) }.any { it == ":tmi.twitch.tv PONG tmi.twitch.tv :x" })
        socket.abort()
    }

    private fun Sequence<String>.takeWhileIncluding(more: (String) -> Boolean): List<String> {
        val taken = ArrayList<String>()
        for (line in this) {
            taken += line
            if (!more(line)) break
        }
        return taken
    }

    private inner class Connected(to: RunningTwitch = running) : AutoCloseable {
        private val socket = Socket(to.twitch.host, to.twitch.ircPort).apply { soTimeout = 10_000 }
        private val reader: BufferedReader = socket.getInputStream().bufferedReader()

        fun send(vararg lines: String) = socket.getOutputStream().write(lines.joinToString("") { "$it\r\n" }.toByteArray())

        /** The next line; null at the end. */
        fun read(): String? = reader.readLine()

        fun readOrEnd(): String? = try {
            read()
        } catch (_: java.net.SocketException) {
            null
        }

        /** All lines up to the first that holds [text]. */
        fun until(text: String): List<String> = generateSequence { read() }.takeWhileIncluding { text !in it }
            .also { check(it.isNotEmpty() && text in it.last()) { "the connection ended without '$text'" } }

        override fun close() = socket.close()
    }
}
