package twitchactors.sources

import twitchactors.domain.ByteSink
import java.net.http.HttpHeaders

/** A whole reply. */
internal class HttpReply(val status: Int, val headers: HttpHeaders, val body: ByteSink) {
    fun text(): String = String(body.array, 0, body.size, Charsets.UTF_8)
}
