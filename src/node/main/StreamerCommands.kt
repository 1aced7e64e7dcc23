package twitchactors.node

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import org.apache.pekko.actor.typed.ActorRef
import twitchactors.collect.RosterKeeper
import twitchactors.domain.BadInput
import twitchactors.domain.Login
import twitchactors.ops.Answer
import twitchactors.ops.OpsCommand
import twitchactors.ops.OpsPalette
import twitchactors.pbm.AskedCommand
import twitchactors.pbm.PaletteArgument
import twitchactors.pbm.PaletteCommand

/** The palette `streamer`: who is tracked. What is changed here is written down, and outlives restarts. */
internal class StreamerCommands(running: Running) {
    private val roster = AskedRoster(running)

    val palette: OpsPalette = OpsPalette(
        "streamer",
        "the streamers that are tracked",
        listOf(
            OpsCommand(
                PaletteCommand("list", "Lists who is tracked from the next slot on, who is pinned and who is paused."),
            ) { _, _ -> answer(roster(), null) },
            change("add", "Pins a streamer: tracked whether or not of the top.", ADD),
            change("remove", "Unpins a streamer: tracked only while of the top.", REMOVE) { roster().pinned },
            change(
                "pause",
                "Tracks a streamer no more, whether pinned or of the top, until it is resumed.",
                PAUSE,
                PaletteArgument(AHEAD, "also one who is not tracked now, so as never to be", listOf("--ahead"), isFlag = true),
            ) { roster().tracked },
            change("resume", "Ends a pause.", RESUME) { roster().paused },
        ),
    )

    /**
     * What a command changes.
     *
     * @param place the list of which a streamer becomes one, or is one no more
     * @param isIn which of the two
     * @param done what there is to say of the streamer when something was changed
     * @param idle the same when it was so before
     */
    private class Change(
        val command: (String, ActorRef<RosterKeeper.Reply>) -> RosterKeeper.Command,
        val place: (RosterKeeper.RosterList) -> List<String>,
        val isIn: Boolean,
        val done: String,
        val idle: String,
    )

    private fun change(
        name: String,
        description: String,
        change: Change,
        vararg more: PaletteArgument,
        offer: () -> List<String> = { emptyList() },
    ) = OpsCommand(
        PaletteCommand(
            name,
            description,
            listOf(PaletteArgument(STREAMER, "login of the streamer", isMandatory = true)) + more,
            examples = listOf("streamer $name zerator"),
        ),
        mapOf(STREAMER to offer),
    ) { asked, _ -> change(asked, change) }

    private fun change(asked: AskedCommand, change: Change): Answer {
        val login = asked.value(STREAMER).lowercase()
        val before = roster()
        if (change == PAUSE && !asked.has(AHEAD)) requireKnown(login, before)
        val after = roster.ask { change.command(login, it) }
        val isNew = (login in change.place(before)) != change.isIn
        return answer(after, if (isNew) "$login ${change.done}" else "$login ${change.idle}; nothing was changed")
    }

    /** A name that was mistyped would wait for ever for somebody to come. */
    private fun requireKnown(login: String, roster: RosterKeeper.RosterList) {
        // What is no login is refused in other words.
        if (Login.of(login) == null || login in roster.tracked + roster.pinned + roster.paused) return
        throw BadInput("$login is not tracked, so nothing was paused; 'streamer list' tells who is, and --ahead pauses one before it comes")
    }

    private fun roster() = roster.ask(RosterKeeper::GetRoster)

    private fun answer(roster: RosterKeeper.RosterList, said: String?): Answer = Answer(
        if (said != null) listOf(said) else lines(roster),
        buildJsonObject {
            if (said != null) put("said", said)
            put("tracked", JsonArray(roster.tracked.map(::JsonPrimitive)))
            put("pinned", JsonArray(roster.pinned.map(::JsonPrimitive)))
            put("paused", JsonArray(roster.paused.map(::JsonPrimitive)))
        },
    )

    private fun lines(roster: RosterKeeper.RosterList): List<String> {
        val all = (roster.tracked + roster.pinned + roster.paused).distinct().sorted()
        return all.map { streamer ->
            val words = listOfNotNull(
                "tracked".takeIf { streamer in roster.tracked },
                "pinned".takeIf { streamer in roster.pinned },
                "paused".takeIf { streamer in roster.paused },
            )
            "$streamer  ${words.joinToString()}"
        } + "Count: ${roster.tracked.size} tracked, ${roster.pinned.size} pinned, ${roster.paused.size} paused"
    }

    private companion object {
        const val STREAMER = "streamer"
        const val AHEAD = "ahead"
        val ADD = Change(
            RosterKeeper::Pin,
            { it.pinned },
            isIn = true,
            done = "is pinned: tracked whether or not of the top, while it is not paused",
            idle = "was pinned already",
        )
        val REMOVE = Change(
            RosterKeeper::Unpin,
            { it.pinned },
            isIn = false,
            done = "is pinned no more: tracked only while of the top",
            idle = "was not pinned",
        )
        val PAUSE = Change(
            RosterKeeper::Pause,
            { it.paused },
            isIn = true,
            done = "is paused: from the next slot on it is tracked no more, until 'streamer resume'",
            idle = "was paused already",
        )
        val RESUME = Change(
            RosterKeeper::Resume,
            { it.paused },
            isIn = false,
            done = "is paused no more: from the next slot on it is tracked again, while pinned or of the top",
            idle = "was not paused",
        )
    }
}
