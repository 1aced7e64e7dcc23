package twitchactors.node

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import org.apache.pekko.actor.typed.ActorRef
import org.apache.pekko.actor.typed.javadsl.AskPattern
import twitchactors.collect.RosterKeeper
import twitchactors.domain.BadInput
import twitchactors.ops.Answer
import twitchactors.ops.OpsCommand
import twitchactors.ops.OpsPalette
import twitchactors.pbm.AskedCommand
import twitchactors.pbm.PaletteArgument
import twitchactors.pbm.PaletteCommand
import twitchactors.services.ServiceUnavailable
import java.time.Duration
import java.util.concurrent.ExecutionException
import java.util.concurrent.TimeoutException

/** The palette `streamer`: who is tracked. What is changed here is written down, and outlives restarts. */
internal class StreamerCommands(private val running: Running) {
    val palette: OpsPalette = OpsPalette(
        "streamer",
        "the streamers that are tracked",
        listOf(
            OpsCommand(
                PaletteCommand("list", "Lists who is tracked from the next slot on, who is pinned and who is paused."),
            ) { _, _ -> answer(ask(RosterKeeper::GetRoster), null) },
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
        answer(ask { change(login, it) }, "$login $done")
    }

    private fun tracked() = ask(RosterKeeper::GetRoster).tracked

    private fun pinned() = ask(RosterKeeper::GetRoster).pinned

    private fun paused() = ask(RosterKeeper::GetRoster).paused

    private fun ask(message: (ActorRef<RosterKeeper.Reply>) -> RosterKeeper.Command): RosterKeeper.RosterList {
        val node = running.node ?: throw ServiceUnavailable("this node is not in a cluster just now; ask again in some seconds")
        val reply = try {
            AskPattern.ask(node.roster, { replyTo: ActorRef<RosterKeeper.Reply> -> message(replyTo) }, PATIENCE, node.system.scheduler())
                .toCompletableFuture().get()
        } catch (failed: ExecutionException) {
            if (failed.cause !is TimeoutException) throw failed
            throw ServiceUnavailable(
                "the roster does not answer: no node has the role collect, or it moves to another one just now",
                failed,
            )
        }
        return when (reply) {
            is RosterKeeper.RosterList -> reply
            is RosterKeeper.Refused -> throw BadInput(reply.reason)
        }
    }

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
        val PATIENCE: Duration = Duration.ofSeconds(10)
    }
}
