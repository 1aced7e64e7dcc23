package twitchactors.web

import java.util.concurrent.ConcurrentHashMap

/** Style, scripts and icon, from the class path. Other modules add their own, all before the server starts. */
object Assets {
    private val byPath = ConcurrentHashMap<String, Asset>()

    internal val style = add("live.css", "text/css; charset=UTF-8", "/twitchactors/web/live.css")
    internal val script = add("live.js", "text/javascript; charset=UTF-8", "/twitchactors/web/live.js")
    internal val frame = add("frame.js", "text/javascript; charset=UTF-8", "/twitchactors/web/frame.js")
    internal val htmx =
        add("htmx.js", "text/javascript; charset=UTF-8", "/META-INF/resources/webjars/htmx.org/2.0.4/dist/htmx.min.js")
    internal val icon = add("icon.svg", "image/svg+xml", "/twitchactors/web/icon.svg")

    /** Makes [resource] of the class path an asset that everybody may have. */
    fun add(name: String, type: String, resource: String): Asset = Asset(name, type, resource).also { byPath[it.path] = it }

    internal fun answer(path: String): Answer? = byPath[path]?.let {
        Answer(200, it.type, it.bytes, listOf("Cache-Control" to "public, max-age=31536000, immutable"), it.zipped)
    }
}
