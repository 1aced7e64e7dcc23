package twitchactors.browser

/** The pages that the running site itself names. */
internal object SitePages {
    private val NAVIGATION = Regex("<nav aria-label=\"Pages\">(.*?)</nav>", RegexOption.DOT_MATCHES_ALL)

    /** What lies below these is no page. */
    private val NO_PAGES = setOf("assets", "api", "pictures", "panel")

    /** The pages of the navigation, as [session] sees it. */
    fun navigation(caller: Caller, session: Session): List<String> {
        val page = caller.get("/", session, Caller.PAGE)
        val nav = checkNotNull(NAVIGATION.find(page.text)) { "no navigation: $page" }
        return Addresses.of(nav.value).map { it.substringBefore('?') }.distinct()
    }

    /**
     * The same, and of each other kind of page, told by its first word and how deep it is, the first one that a page links, or leads, to.
     * One that is a single page has the address with the most choices in it: without them it has nothing to show.
     */
    fun all(caller: Caller, session: Session): List<String> {
        val found = LinkedHashSet(navigation(caller, session))
        val (kinds, choices) = HashSet<String>() to LinkedHashMap<String, String>()
        val open = ArrayDeque(found)
        while (open.isNotEmpty()) {
            val page = caller.get(open.removeFirst(), session, Caller.PAGE)
            val (single, others) = Addresses.of(page.text).filter { path(it) !in found && pieces(it)[1] !in NO_PAGES }
                .partition { pieces(it).size == 2 }
            for (address in single) choices.merge(path(address), address) { one, other -> if (fields(other) > fields(one)) other else one }
            for (address in others.filter { kinds.add("${pieces(it)[1]} ${pieces(it).size}") }) {
                whole(caller, session, path(address))?.let { if (found.add(it)) open += it }
            }
        }
        return found.toList() + choices.values.mapNotNull { whole(caller, session, it) }
    }

    /** [page] with one more field or several: [query], which begins with a question mark. */
    fun with(page: String, query: String): String = if ('?' in page) page + query.replace('?', '&') else page + query

    private fun path(address: String) = address.substringBefore('?')

    private fun pieces(address: String) = path(address).split('/')

    private fun fields(address: String) = address.count { it == '=' }

    /** [address], or where it leads to, when a whole page is there. */
    private fun whole(caller: Caller, session: Session, address: String): String? {
        val reply = caller.get(address, session, Caller.PAGE)
        val led = reply.header("location")
        return if (led != null) whole(caller, session, led) else address.takeIf { NAVIGATION.containsMatchIn(reply.text) }
    }
}
