package twitchactors.web

/** What an account may see. Every route names the least role it needs; a route that names none does not exist. */
enum class Role {
    /** Sees numbers and streamers. Never a viewer's login. */
    VISITOR,

    /** Sees all that a visitor sees, and what an operator needs: reasons, nodes, addresses. */
    ADMIN,
    ;

    /** As it is written in files, in `login` lines and in JSON. */
    val word: String = name.lowercase()

    fun includes(other: Role): Boolean = this >= other

    companion object {
        fun of(word: String): Role? = entries.find { it.word == word }
    }
}
