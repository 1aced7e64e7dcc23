package twitchactors.directorytests

import com.sun.net.httpserver.HttpServer
import java.net.InetAddress
import java.net.InetSocketAddress

/**
 * Pages of a directory such as a simulated Twitch never shows, on this machine.
 *
 * @param pages what stands below which path; other paths answer 503
 */
internal class OddPages(private val pages: Map<String, String>) : AutoCloseable {
    private val server = HttpServer.create(InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0).apply {
        createContext("/") { exchange ->
            exchange.use {
                val page = pages[it.requestURI.path]
                val body = (page ?: "out of order").toByteArray()
                it.responseHeaders["Content-Type"] = "text/html; charset=utf-8"
                it.sendResponseHeaders(if (page == null) 503 else 200, body.size.toLong())
                it.responseBody.write(body)
            }
        }
        start()
    }

    val url: String get() = "http://127.0.0.1:${server.address.port}"

    override fun close() = server.stop(0)

    companion object {
        fun page(title: String, body: String, script: String = "") =
            "<!DOCTYPE html><html><head><title>$title</title></head><body>$body<script>$script</script></body></html>"

        /** A card of a stream; [link], [shown] and [viewers] may belong to different ones. */
        fun card(link: String, shown: String = link, viewers: String = "1.5K viewers", title: String = "About $link") = """
            <article style="height:300px"><a data-a-target="preview-card-image-link" href="/$link">
            <img class="tw-image" src="/previews/live_user_$shown-440x248.jpg"></a><span class="tw-media-card-stat">$viewers</span>
            <a data-a-target="preview-card-title-link" href="/$link"><h3 title="$title">$title</h3></a>
            <a data-a-target="preview-card-channel-link" href="/$link/videos">someone</a></article>
        """.trimIndent()
    }
}
