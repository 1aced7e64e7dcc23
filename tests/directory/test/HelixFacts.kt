package twitchactors.directorytests

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import twitchactors.twitch.SimulatedTwitchSettings
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse

/** What a simulated Twitch says by its API, asked without any code of ours that asks Twitch. */
internal class HelixFacts(private val url: String) {
    private val client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()
    private val token = text(
        answer(
            HttpRequest.newBuilder(URI("$url/oauth2/token")).header("Content-Type", "application/x-www-form-urlencoded").POST(
                HttpRequest.BodyPublishers.ofString(
                    "client_id=${SimulatedTwitchSettings.CLIENT_ID}&client_secret=${SimulatedTwitchSettings.CLIENT_SECRET}" +
                        "&grant_type=client_credentials",
                ),
            ).build(),
        ),
        "access_token",
    )

    /** The rows of all pages of a listing, in order. */
    fun all(path: String): List<JsonObject> {
        val rows = ArrayList<JsonObject>()
        var after = ""
        do {
            val request = HttpRequest.newBuilder(URI("$url/helix$path$after"))
                .header("Authorization", "Bearer $token").header("Client-Id", SimulatedTwitchSettings.CLIENT_ID).build()
            val page = answer(request)
            rows += page.getValue("data").jsonArray.map { it.jsonObject }
            after = page.getValue("pagination").jsonObject["cursor"]?.jsonPrimitive?.content?.let { "&after=$it" }.orEmpty()
        } while (after.isNotEmpty())
        return rows
    }

    private fun answer(request: HttpRequest): JsonObject {
        val reply = client.send(request, HttpResponse.BodyHandlers.ofString())
        check(reply.statusCode() == 200) { "${request.uri()} answered ${reply.statusCode()}: ${reply.body()}" }
        return Json.parseToJsonElement(reply.body()).jsonObject
    }

    companion object {
        fun text(from: JsonObject, member: String): String = from.getValue(member).jsonPrimitive.content
    }
}
