package twitchactors.sources

/** What a connection to the chat can be told. */
internal interface ChatWire {
    /** Sends [line], without its end. One that cannot be taken ends the connection. */
    fun send(line: String)

    /** Ends the connection. */
    fun close()
}
