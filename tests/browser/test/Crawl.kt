package twitchactors.browser

/**
 * Everything that somebody finds who begins at the first page and follows each address that the site names: pages, fragments, files and
 * the whole API, as its own description lists it.
 *
 * @param forms where a page sends forms by POST
 */
internal class Crawl private constructor(val replies: Map<String, Reply>, val forms: Set<String>) {
    val paths: Set<String> get() = replies.keys.mapTo(LinkedHashSet()) { it.substringBefore('?') }

    companion object {
        /** Of each path so many questions are asked: with every period, zone and choice there would be thousands. */
        private const val QUERIES = 6

        /** Of each kind of path (its first word, and how deep it is) so many are taken: categories, streamers, viewers, .. */
        private const val OF_A_KIND = 30

        /** Events, which go on until the reader goes. */
        private const val ENDLESS = "/api/v1/live"
        private val ROUTE = Regex("^ {2}(/api/[^:]*):$", RegexOption.MULTILINE)

        /** The routes of the API by its description, some with `{..}` in them. */
        fun routes(caller: Caller, session: Session): List<String> {
            val description = caller.get("/api/openapi.yaml", session)
            check(description.status == 200) { "$description" }
            return ROUTE.findAll(description.text).map { it.groupValues[1] }.filter { it != ENDLESS }.toList()
        }

        fun of(caller: Caller, session: Session): Crawl {
            val replies = LinkedHashMap<String, Reply>()
            val forms = LinkedHashSet<String>()
            val (byPath, byKind) = HashMap<String, Int>() to HashMap<String, Int>()
            val open = ArrayDeque(listOf("/", "/login", "/api/openapi.yaml", "/health/live", "/health/ready", "/nothing-here"))
            val seen = HashSet(open)

            fun find(address: String) {
                if (!seen.add(address)) return
                val path = address.substringBefore('?')
                val pieces = path.split('/')
                val kind = "${pieces[1]} ${pieces.size}"
                if (path !in byPath && pieces.size > 2 && byKind.merge(kind, 1, Int::plus)!! > OF_A_KIND && pieces[1] != "api") return
                if (byPath.merge(path, 1, Int::plus)!! <= QUERIES) open += address
            }

            fun follow() {
                while (open.isNotEmpty()) {
                    val address = open.removeFirst()
                    val reply = caller.get(address, session, Caller.PAGE)
                    replies[address] = reply
                    reply.header("location")?.let(::find)
                    if (reply.isPage) {
                        Addresses.of(reply.text).forEach(::find)
                        forms += Addresses.posted(reply.text)
                    }
                }
            }
            follow()
            for (route in routes(caller, session)) filled(route, replies.keys).forEach(::find)
            follow()
            return Crawl(replies, forms)
        }

        /** [route] with what pages of the same name below the root are about in the place of what is open in it. */
        private fun filled(route: String, known: Collection<String>): List<String> {
            if ('{' !in route) return listOf(route)
            val top = route.substringBefore("/{").removePrefix("/api/v1")
            val below = known.map { it.substringBefore('?') }.filter { it.startsWith("$top/") }
            return below.map { it.removePrefix("$top/").substringBefore('/') }.distinct().take(OF_A_KIND)
                .map { route.replace(Regex("\\{[^}]*}"), Regex.escapeReplacement(it)) }
        }
    }
}
