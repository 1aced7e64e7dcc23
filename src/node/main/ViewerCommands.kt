package twitchactors.node

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import twitchactors.domain.BadInput
import twitchactors.domain.Login
import twitchactors.ops.Answer
import twitchactors.ops.OpsCommand
import twitchactors.ops.OpsPalette
import twitchactors.ops.Replies
import twitchactors.pbm.AskedCommand
import twitchactors.pbm.PaletteArgument
import twitchactors.pbm.PaletteCommand
import twitchactors.store.SuppressionKind

/** The palette `viewer`: what is known of one viewer, and the rights of those who do not want to be. */
internal class ViewerCommands(private val running: Running) {
    private val stores = running.stores

    val palette: OpsPalette = OpsPalette(
        "viewer",
        "one viewer: what is known of them, and how to know nothing",
        listOf(
            OpsCommand(PaletteCommand("show", "Tells where a viewer is known: on which days, and in which chats today.", listOf(VIEWER))) {
                    asked,
                    _,
                ->
                show(login(asked))
            },
            OpsCommand(
                PaletteCommand(
                    "erase",
                    "Removes a viewer from all that is stored and keeps them out, for good.",
                    listOf(VIEWER),
                    question = "All that is stored of the viewer is removed, for good. Go on?",
                ),
            ) { asked, replies -> keepOut(login(asked), SuppressionKind.ERASED, "erased", replies) },
            OpsCommand(
                PaletteCommand(
                    "optout",
                    "Keeps out a viewer who has asked for it, and removes what is stored of them.",
                    listOf(
                        VIEWER,
                        PaletteArgument(LIFT, "let the viewer in again; what was removed stays removed", listOf("--lift"), isFlag = true),
                    ),
                    question = "What is stored of the viewer is removed, or with --lift the viewer is known again. Go on?",
                ),
            ) { asked, replies ->
                if (asked.has(LIFT)) lift(login(asked), replies) else keepOut(login(asked), SuppressionKind.OPTED_OUT, "opted out", replies)
            },
        ),
    )

    private fun login(asked: AskedCommand): Login =
        Login.of(asked.value(VIEWER.name)) ?: throw BadInput("that is no login: a login is 1 to 25 letters, digits and underscores")

    private fun show(login: Login): Answer {
        val kind = stores.suppressions.kind(login)?.name?.lowercase()?.replace('_', ' ')
        val places = ViewerTraces.of(stores, login).places.mapValues { (_, days) -> days.map { it.toString() } }
        val profile = running.nodeNow().profileOf(login).toCompletableFuture().get()
        val partition = stores.partitions.partitions.of(login)
        val lines = buildList {
            add(if (kind == null) "not kept out" else "kept out: $kind")
            add("partition $partition")
            places.forEach { (place, days) -> add("in $place: ${days.joinToString()}") }
            profile.days.forEach { (day, streamers) ->
                add("in the running partition, $day: ${streamers.entries.joinToString { "${it.key} in slots ${it.value}" }}")
            }
            if (places.isEmpty() && profile.days.isEmpty()) add("nothing is known of the viewer")
        }
        return Answer(
            lines,
            buildJsonObject {
                put("kept_out", kind)
                put("partition", partition)
                put("places", JsonObject(places.mapValues { (_, days) -> JsonArray(days.map(::JsonPrimitive)) }))
                put(
                    "open_days",
                    JsonObject(
                        profile.days.entries.associate { (day, streamers) ->
                            "$day" to JsonObject(streamers.entries.associate { "${it.key}" to JsonPrimitive("${it.value}") })
                        },
                    ),
                )
            },
        )
    }

    private fun keepOut(login: Login, kind: SuppressionKind, word: String, replies: Replies): Answer {
        val lines = Steps(replies::news).use { steps ->
            val patience = Patience(null)
            val done = KeepingOut(running, login, steps, patience).begin(kind)
            Receipt.lines(running, done, Removal(running, login, steps, patience).run(now = false), word)
        }
        return Answer(lines, buildJsonObject { put("receipt", JsonArray(lines.map(::JsonPrimitive))) })
    }

    private fun lift(login: Login, replies: Replies): Answer {
        if (stores.suppressions.kind(login) ==
            SuppressionKind.ERASED
        ) {
            throw BadInput("the viewer was erased, not only opted out; that is not lifted")
        }
        val isLifted = Steps(replies::news).use { steps -> KeepingOut(running, login, steps, Patience(null)).lift() }
        return Answer.said(
            if (isLifted) "the viewer is known again from now on" else "the viewer was not on the list; nothing was changed",
            "lifted" to JsonPrimitive(isLifted),
        )
    }

    private companion object {
        const val LIFT = "lift"
        val VIEWER = PaletteArgument("login", "the viewer's account name", isMandatory = true, isPersonal = true)
    }
}
