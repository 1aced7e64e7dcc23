package twitchactors.web

/** Whether a service answers. [reason] says why not, in words for an operator: it may hold addresses, and is shown to admins only. */
data class ServiceHealth(val up: Boolean, val reason: String? = null)
