package twitchactors.dashboard

import twitchactors.web.Access

/** Addresses of the API that are no panels, for its description. */
internal enum class MoreApi(
    val path: String,
    val summary: String,
    val access: Access,
    val method: String = "get",
    val inQuery: String? = null,
    val inPath: String? = null,
    val type: String = "application/json",
) {
    LIVE("live", "The numbers of the live page as server-sent events, one a second", Access.VISITOR, type = "text/event-stream"),
    LIVE_VIEW("live-view", "The numbers of the live page, once", Access.VISITOR),
    DAYS("days", "All sealed days", Access.VISITOR),
    DAY("days/{day}", "One sealed day", Access.VISITOR, inPath = "day"),
    RANDOM_VIEWER("viewers/random", "The pseudonym of a viewer, for viewers/{subject}", Access.VISITOR),
    VIEWER("viewers", "All that sealed days say of the viewer with that login", Access.ADMIN, inQuery = "login"),
    ERASURES("erasures", "Removals of viewers in the audit, latest first; viewers have pseudonyms", Access.ADMIN),
    ERASE("erasures", "Begins a removal: form fields login and kind, erase or optout", Access.ADMIN, method = "post"),
    DEAD_LETTERS("dead-letters", "Records that could not be understood, counted by topic and reason", Access.ADMIN),
}
