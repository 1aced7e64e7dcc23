package twitchactors.services

/** Whether a service answers now. */
sealed interface Health {
    data object Up : Health

    /** [reason] is one line for people: what was tried and what came of it. Never holds a secret. */
    data class Down(val reason: String) : Health
}
