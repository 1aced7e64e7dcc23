package twitchactors.sources

import java.io.IOException
import java.net.InetSocketAddress
import java.nio.ByteBuffer
import java.nio.channels.SelectionKey
import java.nio.channels.Selector
import java.nio.channels.SocketChannel
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.atomic.AtomicBoolean

/** Many who chat, over sockets and nothing else: what they are told is read, and only the end of a list of names is looked for. */
internal class PlainClients(private val server: IrcDaemon.Running) : AutoCloseable {
    /** Counts how often [text] came. */
    private class Mark(text: String) {
        private val bytes = text.toByteArray()
        private var matched = 0

        @Volatile
        var count = 0
            private set

        fun look(byte: Byte) {
            matched = if (byte == bytes[matched]) {
                matched + 1
            } else if (byte == bytes[0]) {
                1
            } else {
                0
            }
            if (matched == bytes.size) {
                matched = 0
                count++
            }
        }
    }

    private class Client(val channel: SocketChannel) {
        val welcomes = Mark(" 001 ")
        val lists = Mark(" 366 ")
    }

    private val selector = Selector.open()
    private val clients = ConcurrentHashMap<String, Client>()
    private val isEnding = AtomicBoolean()
    private val reader = Thread(::read, "plain-clients").apply { start() }

    /** Connects [nicks] and lets them join [room]; returns when all are told that they have. */
    fun join(room: String, nicks: Collection<String>) {
        nicks.chunked(server.atOnce).forEach { connect(it) }
        for (nick in nicks) send(nick, "JOIN #$room")
        eventually("${nicks.size} clients have joined") { nicks.all { clients.getValue(it).lists.count > 0 } }
    }

    fun send(nick: String, vararg lines: String) {
        val buffer = ByteBuffer.wrap(lines.joinToString("") { "$it\r\n" }.toByteArray())
        val channel = clients.getValue(nick).channel
        while (buffer.hasRemaining()) channel.write(buffer)
    }

    override fun close() {
        isEnding.set(true)
        selector.wakeup()
        reader.join()
        clients.values.forEach { it.channel.close() }
        selector.close()
    }

    private fun connect(nicks: Collection<String>) {
        for (nick in nicks) {
            val channel = SocketChannel.open(InetSocketAddress("127.0.0.1", server.port)).apply { configureBlocking(false) }
            val client = Client(channel)
            clients[nick] = client
            send(nick, "NICK $nick", "USER $nick 0 * :$nick")
            selector.wakeup()
            channel.register(selector, SelectionKey.OP_READ, client)
        }
        eventually("${nicks.size} clients are welcome") { nicks.all { clients.getValue(it).welcomes.count > 0 } }
    }

    private fun read() {
        val buffer = ByteBuffer.allocate(65_536)
        while (!isEnding.get()) {
            selector.select(100)
            val keys = selector.selectedKeys().iterator()
            while (keys.hasNext()) {
                val key = keys.next()
                keys.remove()
                buffer.clear()
                val client = key.attachment() as Client
                val count = try {
                    client.channel.read(buffer)
                } catch (_: IOException) {
                    -1
                }
                if (count < 0) client.channel.close() else look(client, buffer.array(), count)
            }
        }
    }

    private fun look(client: Client, bytes: ByteArray, count: Int) {
        for (i in 0 until count) {
            client.welcomes.look(bytes[i])
            client.lists.look(bytes[i])
        }
    }
}
