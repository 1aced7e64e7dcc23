package twitchactors.web

import java.security.MessageDigest
import java.util.HexFormat

/** Style, scripts and icon, from the class path. Their hash is in their name, so browsers keep them for ever. */
internal object Assets {
    val style = Asset("live.css", "text/css; charset=UTF-8", "/twitchactors/web/live.css")
    val script = Asset("live.js", "text/javascript; charset=UTF-8", "/twitchactors/web/live.js")
    val htmx = Asset("htmx.js", "text/javascript; charset=UTF-8", "/META-INF/resources/webjars/htmx.org/2.0.4/dist/htmx.min.js")
    val icon = Asset("icon.svg", "image/svg+xml", "/twitchactors/web/icon.svg")

    private val byPath = listOf(style, script, htmx, icon).associateBy { it.path }

    fun answer(path: String): Answer? = byPath[path]?.let {
        Answer(200, it.type, it.bytes, listOf("Cache-Control" to "public, max-age=31536000, immutable"))
    }

    class Asset(name: String, val type: String, resource: String) {
        val bytes: ByteArray = checkNotNull(Assets::class.java.getResourceAsStream(resource)) { "no $resource" }.use { it.readBytes() }
        val path: String = "/assets/" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)).take(12) + "-" + name
    }
}
