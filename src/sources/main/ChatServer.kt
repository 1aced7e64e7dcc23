package twitchactors.sources

/** Where the chat is. Without [tls] all goes over the network in clear text, a token too. */
data class ChatServer(val host: String = "irc.chat.twitch.tv", val port: Int = 6697, val tls: Boolean = true) {
    init {
        require(port in 1..65_535) { "$port is no port: 1 to 65535" }
    }
}
