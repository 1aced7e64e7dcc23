package twitchactors.pbm

import com.sun.net.httpserver.HttpServer
import kotlinx.serialization.json.JsonObject
import java.net.InetSocketAddress

/** Asks a node that is none, so that the JVM meets all the classes that a command needs, and can keep them for the next start. */
object Rehearsal {
    @JvmStatic
    fun main(args: Array<String>) {
        val about = PaletteCommand("show", "Nothing.", listOf(PaletteArgument("what", "nothing", listOf("-w"), default = "all")))
        val palettes = JsonObject(mapOf("palettes" to PaletteJson.write(listOf(Palette("cluster", "none", listOf(about)))))).toString()
        val reply = ReplyPart.Line("nothing").json() + "\n\n" + ReplyPart.End(Outcome.DONE).json() + "\n"
        val server = HttpServer.create(InetSocketAddress("127.0.0.1", 0), 1)
        for ((path, body) in listOf("/pbm/palettes" to palettes, "/pbm/commands" to reply)) {
            server.createContext(path) { exchange ->
                exchange.use {
                    exchange.sendResponseHeaders(OK, 0)
                    exchange.responseBody.use { it.write(body.toByteArray()) }
                }
            }
        }
        server.start()
        try {
            Pbm.run(listOf("127.0.0.1:${server.address.port}", "cluster", "show"))
            Pbm.run(listOf("127.0.0.1:${server.address.port}", "help"))
        } finally {
            server.stop(0)
        }
    }

    private const val OK = 200
}
