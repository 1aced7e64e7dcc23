package twitchactors.store

import java.time.Instant

/**
 * One line of the audit trail.
 *
 * @param who an account of this machine, or of the pages
 * @param action one word of the trail's own, such as `erase`
 * @param subject what it was done to; a viewer by a pseudonym, never by the login
 * @param detail what came of it, for people
 */
data class AuditEntry(val id: Long, val at: Instant, val who: String, val action: String, val subject: String, val detail: String)
