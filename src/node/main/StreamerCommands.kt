package twitchactors.node

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import org.apache.pekko.actor.typed.ActorRef
import twitchactors.collect.RosterKeeper
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
            ) { _, _ -> answer(roster.ask(RosterKeeper::GetRoster), null) },
            change("add", "Pins a streamer: tracked whether or not of the top.", RosterKeeper::Pin, "is pinned"),
            change("remove", "Unpins a streamer: tracked only while of the top.", RosterKeeper::Unpin, "is not pinned", ::pinned),
            change(
                "pause",
                "Tracks a streamer no more, whether pinned or of the top, until it is resumed.",
                RosterKeeper::Pause,
                "is paused",
                ::tracked,
            ),
            change("resume", "Ends a pause.", RosterKeeper::Resume, "is not paused", ::paused),
        ),
    )

    private fun change(
        name: String,
        description: String,
        change: (String, ActorRef<RosterKeeper.Reply>) -> RosterKeeper.Command,
        done: String,
        offer: () -> List<String> = { emptyList() },
    ) = OpsCommand(
        PaletteCommand(
            name,
            description,
            listOf(PaletteArgument(STREAMER, "login of the streamer", isMandatory = true)),
            examples = listOf("streamer $name zerator"),
        ),
        mapOf(STREAMER to offer),
    ) { asked: AskedCommand, _ ->
        val login = asked.value(STREAMER).lowercase()
        answer(roster.ask { change(login, it) }, "$login $done")
    }

    private fun tracked() = roster.ask(RosterKeeper::GetRoster).tracked

    private fun pinned() = roster.ask(RosterKeeper::GetRoster).pinned

    private fun paused() = roster.ask(RosterKeeper::GetRoster).paused

    private fun answer(roster: RosterKeeper.RosterList, said: String?): Answer = Answer(
        if (said != null) listOf(said) else lines(roster),
        buildJsonObject {
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
    }
}
