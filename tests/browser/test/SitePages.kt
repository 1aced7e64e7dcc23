package twitchactors.browser

/** The pages that the running site itself names. */
internal object SitePages {
    private val NAVIGATION = Regex("<nav aria-label=\"Pages\">(.*?)</nav>", RegexOption.DOT_MATCHES_ALL)

    /** Of each kind of page so many subjects are looked at. */
    private const val SUBJECTS = 1

    /** The pages of the navigation, as [session] sees it. */
    fun navigation(caller: Caller, session: Session): List<String> {
        val page = caller.get("/", session, Caller.PAGE)
        val nav = checkNotNull(NAVIGATION.find(page.text)) { "no navigation: $page" }
        return Addresses.of(nav.value).map { it.substringBefore('?') }.distinct()
    }

    /** The same, and of each kind of page that lies below one of them the first one that a page links to. */
    fun all(caller: Caller, session: Session): List<String> {
        val found = LinkedHashSet(navigation(caller, session))
        val tops = found.filter { it != "/" }
        val byKind = HashMap<String, Int>()
        val open = ArrayDeque(found)
        while (open.isNotEmpty()) {
            val page = caller.get(open.removeFirst(), session, Caller.PAGE)
            for (path in Addresses.of(page.text).map { it.substringBefore('?') }.distinct()) {
                if (path in found || tops.none { path.startsWith("$it/") }) continue
                val kind = path.split('/').let { "${it[1]} ${it.size}" }
                val isWhole = byKind[kind] != SUBJECTS && NAVIGATION.containsMatchIn(caller.get(path, session, Caller.PAGE).text)
                if (!isWhole) continue
                byKind.merge(kind, 1, Int::plus)
                found += path
                open += path
            }
        }
        return found.toList()
    }
}
