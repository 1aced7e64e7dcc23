package twitchactors.web

/** Who may take a route. There is no default: a route without an entry in the table is refused before it is looked for. */
enum class Access(val role: Role?) {
    OPEN(null),
    VISITOR(Role.VISITOR),
    ADMIN(Role.ADMIN),
}
