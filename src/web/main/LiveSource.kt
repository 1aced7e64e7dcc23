package twitchactors.web

/** Where the live page's numbers come from. Asked once per `refresh-every` by one thread, so it may take some milliseconds. */
fun interface LiveSource {
    fun now(): LiveView
}
