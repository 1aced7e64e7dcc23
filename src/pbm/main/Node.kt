package twitchactors.pbm

import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonObject
import java.io.IOException
import java.net.HttpURLConnection
import java.net.URL
import java.util.concurrent.atomic.AtomicReference

/**
 * A node that is asked, by the older of Java's HTTP clients: it is there in a fraction of the time of the newer one.
 *
 * @param address host:port, with `https://` before it where the node says so
 * @param token null: there is none
 * @param origin where the token comes from, for people
 */
class Node(val address: String, private val token: String?, private val origin: String = "the one that was given") {
    private val base = if ("://" in address) address else "http://$address"
    private val current = AtomicReference<HttpURLConnection?>()

    @Volatile
    private var isGivenUp = false

    /** What can be asked of the node, as it says itself; [offering]: with the values that arguments may have just now. */
    fun palettes(offering: Boolean = false): List<Palette> {
        val connection = open(if (offering) "/pbm/palettes?offers" else "/pbm/palettes")
        return answered(connection) {
            PaletteJson.read(Json.parseToJsonElement(connection.inputStream.reader().readText()).jsonObject.getValue("palettes"))
        }
    }

    /** Has the node do what [words] say, and hands each part of the reply on; returns how it ended. */
    fun run(words: List<String>, json: Boolean, yes: Boolean, part: (ReplyPart) -> Unit): Outcome {
        val connection = open("/pbm/commands")
        isGivenUp = false
        current.set(connection)
        return try {
            connection.requestMethod = "POST"
            connection.doOutput = true
            connection.setRequestProperty("Content-Type", "application/json")
            val asked = mapOf("words" to JsonArray(words.map(::JsonPrimitive)), "json" to JsonPrimitive(json), "yes" to JsonPrimitive(yes))
            answered(connection) {
                connection.outputStream.use { it.write(JsonObject(asked).toString().toByteArray()) }
                read(connection, part)
            }
        } catch (silent: NoNode) {
            if (isGivenUp) Outcome.INTERRUPTED else throw silent
        } finally {
            current.set(null)
        }
    }

    /** Gives up the reply that is being read; the node notices. */
    fun giveUp() {
        isGivenUp = true
        current.get()?.disconnect()
    }

    private fun read(connection: HttpURLConnection, part: (ReplyPart) -> Unit): Outcome {
        connection.inputStream.bufferedReader().useLines { lines ->
            for (line in lines) {
                when (val next = ReplyPart.read(line)) {
                    null -> Unit
                    is ReplyPart.End -> return next.outcome
                    else -> part(next)
                }
            }
        }
        throw NoNode("the node at $address ended in the middle of its reply; look at its log", Outcome.FAILED_MIDWAY)
    }

    private fun open(path: String): HttpURLConnection {
        val url = try {
            URL("$base$path")
        } catch (_: IOException) {
            throw NoNode("'$address' is no address; write it as host:port", Outcome.BAD_INPUT)
        }
        return (url.openConnection() as HttpURLConnection).apply {
            connectTimeout = CONNECT_MS
            readTimeout = READ_MS
            useCaches = false
            token?.let { setRequestProperty("Authorization", "Bearer $it") }
            setRequestProperty("X-Pbm-User", System.getProperty("user.name").orEmpty())
        }
    }

    private fun <T> answered(connection: HttpURLConnection, read: () -> T): T = try {
        if (connection.doOutput || connection.responseCode == OK) read() else throw refused(connection)
    } catch (broken: IOException) {
        throw if (isAnswered(connection)) refused(connection) else silent(broken)
    } catch (_: SerializationException) {
        throw NoNode("what answers at $address is no node of TwitchActors", Outcome.NO_SERVICE)
    } catch (_: IllegalArgumentException) {
        throw NoNode("what answers at $address is no node of TwitchActors", Outcome.NO_SERVICE)
    }

    private fun isAnswered(connection: HttpURLConnection): Boolean = try {
        connection.responseCode.let { it > 0 && it != OK }
    } catch (_: IOException) {
        false
    }

    private fun silent(cause: IOException) = NoNode(
        "no node answers at $address (${cause.message ?: cause}); start one with 'twitchactors node', or name another: pbm HOST:PORT",
        Outcome.NO_SERVICE,
    )

    private fun refused(connection: HttpURLConnection): NoNode {
        val said = connection.errorStream?.reader()?.readText()?.trim().orEmpty().lineSequence().firstOrNull().orEmpty()
        return when (connection.responseCode) {
            UNAUTHORIZED -> NoNode("the node at $address ${unknown()}", Outcome.BAD_INPUT)
            BAD_REQUEST -> NoNode(said, Outcome.BAD_INPUT)
            else -> NoNode("the node at $address says ${connection.responseCode}: $said", Outcome.NO_SERVICE)
        }
    }

    private fun unknown(): String {
        val remedy = "name its data folder by --data, a copy of its pbm.token by --token-file, or set TWITCHACTORS_OPS_TOKEN"
        return if (token == null) "wants its token, and there is none here: $remedy" else "has another token than $origin: $remedy"
    }

    private companion object {
        const val CONNECT_MS = 5_000

        /** A node says every second that a reply goes on. */
        const val READ_MS = 30_000
        const val OK = 200
        const val BAD_REQUEST = 400
        const val UNAUTHORIZED = 401
    }
}
