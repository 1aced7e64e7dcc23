package twitchactors.dashboard

import kotlinx.serialization.json.JsonObject
import twitchactors.domain.Login
import twitchactors.store.AuditEntry

/** What admins do about single viewers: find one by the login, keep one out, remove one. Blocks its callers but for [begin]. */
interface ViewerRights {
    /** What can be done. */
    enum class Kind(val word: String, val title: String, val what: String) {
        ERASE("erase", "Erase", "Removes the viewer from all that is stored and keeps them out, for good."),
        OPT_OUT("optout", "Opt out", "Removes what is stored of the viewer and keeps them out until that is lifted."),
    }

    /**
     * A removal that was begun here.
     *
     * @param viewer the pseudonym
     * @param steps what was done so far, in words
     * @param receipt what the viewer can be told; null before the end
     * @param failure why it broke off; null unless it did: begun again, it goes on
     */
    class Removal(val kind: Kind, val viewer: String, val steps: List<String>, val receipt: List<String>?, val failure: String?) {
        val isDone: Boolean get() = receipt != null || failure != null
    }

    /** The pseudonym of [login], by which this process finds them from now on. */
    fun nameOf(login: Login): String

    /** All that the sealed days say of [login]; null when that is nothing. */
    fun document(login: Login): JsonObject?

    /** Why [login] is kept out, in words; null when they are not. */
    fun keptOut(login: Login): String?

    /** Begins a removal in the name of the account [who], and notes it in the audit; returns the number by which [removal] knows it. */
    fun begin(kind: Kind, login: Login, who: String): String

    /** Null when this process has begun none by that number. */
    fun removal(number: String): Removal?

    /** The last removals of the audit, wherever they were begun, the latest first. */
    fun past(): List<AuditEntry>
}
