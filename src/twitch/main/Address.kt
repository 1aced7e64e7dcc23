package twitchactors.twitch

/** Where the simulated Twitch is to be found; its replies name addresses of its own. */
internal class Address(private val host: String, @Volatile var port: Int) {
    val http: String get() = "http://$host:$port"

    /** host:port of the chat over TCP. */
    @Volatile
    var chat: String = ""

    /** As Helix gives it: with the size left open. */
    fun boxArt(category: Categories.Category): String = "$http/box-art/${category.id}-{width}x{height}.jpg"

    fun preview(login: String): String = "$http/previews/live_user_$login-{width}x{height}.jpg"

    fun profile(id: Long): String = "$http/profiles/$id-300x300.jpg"
}
