package twitchactors.node

import twitchactors.domain.Login
import twitchactors.ops.OpsDesk

/** Writes the commands of pbm into the audit. A viewer stands there by a pseudonym, as everywhere in it. */
internal class AuditedCommands(private val stores: Stores) {
    fun note(audited: OpsDesk.Audited) {
        val command = audited.command
        val viewer = command.viewers.firstOrNull()?.let { Login.of(it) }
        val subject = viewer?.let(stores.suppressions::pseudonym) ?: "pbm"
        val words = command.publicWords
        val ended = audited.outcome?.let { "ended with ${it.code}" } ?: "begins"
        stores.audit.note(audited.who, command.name, subject, listOf(words, ended).filter { it.isNotEmpty() }.joinToString("; "))
    }
}
