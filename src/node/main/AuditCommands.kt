package twitchactors.node

import twitchactors.domain.BadInput
import twitchactors.domain.Login
import twitchactors.ops.Answer
import twitchactors.ops.OpsCommand
import twitchactors.ops.OpsPalette
import twitchactors.ops.Rows
import twitchactors.pbm.AskedCommand
import twitchactors.pbm.PaletteArgument
import twitchactors.pbm.PaletteCommand

/** The palette `audit`, which is one command: who did what when to what is stored. */
internal class AuditCommands(private val stores: Stores) {
    val palette: OpsPalette = OpsPalette(
        "audit",
        "who did what when",
        listOf(
            OpsCommand(
                PaletteCommand(
                    "",
                    "Lists who did what when, the latest first: every command of pbm, what was removed, archived and exported. " +
                        "Viewers have pseudonyms there.",
                    listOf(
                        PaletteArgument(VIEWER, "only what was done to this viewer", isPersonal = true),
                        PaletteArgument(LAST, "so many lines at most", listOf("-n", "--last"), default = "100"),
                    ),
                    examples = listOf("audit", "audit --last 10"),
                ),
            ) { asked, _ -> answer(asked) },
        ),
    )

    private fun answer(asked: AskedCommand): Answer {
        val last = asked.value(LAST).toIntOrNull()?.takeIf { it > 0 }
            ?: throw BadInput("--last is a number from 1, not '${asked.value(LAST)}'")
        val viewer = asked.optional(VIEWER)?.let {
            Login.of(it) ?: throw BadInput("that is no login: a login is 1 to 25 letters, digits and underscores")
        }
        val rows = Rows("entries", "at", "who", "action", "subject", "detail")
        stores.audit.latest(last, viewer?.let(stores.suppressions::pseudonym)).forEach {
            rows.add(it.at, it.who, it.action, it.subject, it.detail)
        }
        return rows.counted("line")
    }

    private companion object {
        const val VIEWER = "login"
        const val LAST = "last"
    }
}
