package twitchactors.node

import twitchactors.domain.Login

/**
 * What commands of this process leave in the audit trail, in the name of the account that runs them. While MariaDB is away they wait, as
 * long as [patience] lets them.
 */
class AuditNotes(private val running: Running, private val patience: Patience) {
    private val stores = running.stores
    private val who = System.getProperty("user.name").orEmpty().ifEmpty { "unknown" }

    /** Something that was done to a [viewer], who is named by a pseudonym. */
    fun viewer(action: String, viewer: Login, detail: String = "") = note(action, stores.suppressions.pseudonym(viewer), detail)

    /** Something else; [subject] and [detail] name no viewer. */
    fun note(action: String, subject: String, detail: String = "") = patience.until("the audit trail") {
        if (running.services.ownerIsGone) throw OwnerGone()
        stores.audit.note(who, action, subject, detail)
        true
    }
}
